/** Every code an {@link AppError} can carry. Codes are stable: tests and the window decide by them, never by text. */
export type ErrorCode =
  | 'bad-query' // the query text has a syntax error; `at` says where
  | 'bad-request' // a call's arguments do not fit the contract
  | 'cancelled' // the caller, or a newer call, cancelled the work
  | 'disconnected' // the window lost its host; it keeps trying to reach it again
  | 'engine-stopped' // the engine thread ended; the archive has to be opened again
  | 'internal' // a bug; the message is what was thrown
  | 'nothing-open' // the call needs an open archive
  | 'not-found' // a path, a source or an event that is not there
  | 'not-readable' // the file exists and cannot be read (permission, damage, changed since it was indexed)
  | 'not-written' // refused: it would have been written into opened evidence
  | 'stale-result' // the result was replaced by newer ones; run the query again
  | 'unknown-call'; // no such call in the contract

/** What may accompany a message. */
export interface ErrorDetails {
  /** What the user can do about it, as one sentence. */
  readonly hint?: string;
  /** For `bad-query`: the half-open range of UTF-16 offsets in the query text. */
  readonly at?: { readonly from: number; readonly to: number };
  /** For an event that cannot be read again: its location, as in `EventLocation`. */
  readonly location?: { readonly path: string; readonly offset: number; readonly length: number };
}

/**
 * An expected failure, whose message is shown to the user as it is.
 *
 * The message says what happened and to which file; `hint` says what to do.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** An error as it crosses a thread or a socket. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  /** The name of the call that failed. */
  readonly call: string;
  readonly details: ErrorDetails;
  readonly stack?: string;
}

/** Turns anything thrown into its wire form; anything but an {@link AppError} becomes `internal`. */
export function toWireError(thrown: unknown, call: string): WireError {
  if (thrown instanceof AppError) {
    return { code: thrown.code, message: thrown.message, call, details: thrown.details };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const wire: WireError = { code: 'internal', message: error.message, call, details: {} };
  return error.stack === undefined ? wire : { ...wire, stack: error.stack };
}

/** The reverse of {@link toWireError}. An internal error's message gets the call's name in front. */
export function fromWireError(wire: WireError): AppError {
  const message = wire.code === 'internal' ? `${wire.call}: ${wire.message}` : wire.message;
  const error = new AppError(wire.code, message, wire.details);
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}
