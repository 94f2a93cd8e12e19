/** The type of a habit from another tool, and the parts of its pattern. The habits are in `habits.ts` and `value-habits.ts`. */
import type { EpochMs } from '#contract/ids';
import type { FieldLookup } from './field-lookup';

/** Replaces a character that patterns must not match. */
export const blank = '\u0001';

/** What a query is read with. */
export interface ReadingContext {
  readonly fields: FieldLookup;
  /** The time of the last open event, from which `last 2h` counts back; null where no event has a time. */
  readonly lastEvent: EpochMs | null;
}

/** A match of a pattern. Groups are cut from the original query; those that did not match are empty. */
export interface HabitMatch extends ReadingContext {
  readonly whole: string;
  readonly groups: Readonly<Record<string, string>>;
  /** A sign or a NOT stands before it. */
  readonly isNegated: boolean;
}

export interface Habit {
  readonly name: string;
  readonly pattern: RegExp;
  /** Where it has to begin: at a word, at a test of a field, or at either. */
  readonly in: 'words' | 'tests' | 'both';
  /** A further check of a match; left out: every match counts. */
  readonly counts?: (match: HabitMatch) => boolean;
  /** True: it was read as a test of a field, and the note is about what it finds. Left out: the words were read as something else. */
  readonly isTest?: true;
  /** It occurs in plain text too, so it means nothing in a pasted message. */
  readonly isOfText?: true;
  /** There is nothing like it here, so no query is offered. */
  readonly isCommand?: true;
  /**
   * It can be meant one way only, so what was meant is run, and the note says so: see `read-query.ts`. Left out: the text runs as it stands.
   */
  readonly isRead?: true | ((match: HabitMatch) => boolean);
  /** What the reader should know of how it was read, where the query as run does not show it. */
  readonly said?: (match: HabitMatch) => string;
  /** What the text means here, or what to write instead: whole sentences. */
  readonly advice: string;
  /** The clause that was meant; null where unknown. */
  readonly instead?: (match: HabitMatch) => string | null;
}

/** Where a term begins, behind its sign of negation. */
export const start = String.raw`(?<=(?:^|[\s(])[!-]*)(?!-|!(?!=))`;
export const end = String.raw`(?![^\s)])`;
export const name = String.raw`(?<name>(?:\$\.)?[A-Za-z_@][\w@.$-]*)`;
/** A field that is known, before its colon. */
export const field = String.raw`(?<name>[^\s():"]+)`;
export const value = String.raw`(?<value>"[^"]*"|'[^']*'|[^\s()"'=][^\s()]*)`;
/** Between a field and its value; Kibana writes it with white space. */
export const separator = String.raw`\s*:\s*`;
/** Joins parts of patterns, each a regular expression's source. */
export const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'g');
