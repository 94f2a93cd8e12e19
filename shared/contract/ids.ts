/**
 * Branded numbers and strings, and the only casts that make them.
 *
 * A brand costs nothing at run time, and the compiler refuses a row number where a time is expected.
 */
declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** An event's number in the open index. Valid while the archive stays open; never reused meanwhile. */
export type RowId = Brand<number, 'RowId'>;
/** A query's result held by the engine. Goes stale when newer results push it out. */
export type ResultId = Brand<string, 'ResultId'>;
/** A file or folder the user chose. The path behind it is known to the host alone. */
export type SourceId = Brand<string, 'SourceId'>;

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const rowId = (value: number): RowId => value as RowId;
export const resultId = (value: string): ResultId => value as ResultId;
export const sourceId = (value: string): SourceId => value as SourceId;
