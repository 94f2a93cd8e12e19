/** What a habit from another tool is, and the parts its pattern is made of. The habits stand in `habits.ts` and `value-habits.ts`. */
import type { FieldLookup } from './field-lookup';

/** Stands for a character that no pattern is to look at. */
export const blank = '\u0001';

/** What a pattern found. Groups are cut from the query as it was written; those that did not take part are empty. */
export interface HabitMatch {
  readonly whole: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly fields: FieldLookup;
}

export interface Habit {
  readonly name: string;
  readonly pattern: RegExp;
  /** Where it has to begin: at a word, at a test of a field, or at either. */
  readonly in: 'words' | 'tests' | 'both';
  /** Looks closer at what the pattern found; left out: every match counts. */
  readonly counts?: (match: HabitMatch) => boolean;
  /** Of a test of a field: it was understood as one, and the note is about what it finds. Left out: the words were read as something else. */
  readonly isTest?: true;
  /** Plain text has it too, so that in a pasted message it says nothing. */
  readonly isOfText?: true;
  /** What it does cannot be asked here, so that no query is offered for the rest. */
  readonly isCommand?: true;
  /** What the text means here, or what to write instead: whole sentences. */
  readonly advice: string;
  /** The clause that says what was meant; null where it is not known. */
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
