/** Recognises a pasted record or part of one, SQL statement, pipeline of commands or filter pattern. One note covers all of it. */
import type { QueryNote } from '#contract/query';
import type { FieldLookup } from './field-lookup';
import { quoteField, quoteValue } from './print';

interface Pasted {
  readonly text: string;
  /** The text with the insides of quotes blanked out. */
  readonly visible: string;
  readonly fields: FieldLookup;
}

/** The query that a part of the text means; null where unknown. */
type Translate = (part: string) => string | null;

type Leaf = readonly [path: string, text: string];

/** Values of a record that are read as tests; a longer one is searched for as words. */
const mostRead = 40;
/** Fields of a record that are offered to search for, at most. */
const mostClauses = 6;
/** Deeper values are not offered. */
const mostDepth = 32;
/** Characters of a pasted record that the note quotes. */
const mostQuoted = 60;

/** The note for a text that is one of these; null where it is none, or where notes on its parts say more. */
export function pastedNote(pasted: Pasted, translate: Translate): QueryNote | null {
  return (
    recordNote(pasted) ??
    statementNote(pasted, translate) ??
    pipelineNote(pasted, translate) ??
    patternNote(pasted, translate)
  );
}

/** The query that a pasted record, a part of one or a filter pattern means as a whole; null where it is none, or some of it is unknown. */
export function pastedQuery(pasted: Pasted, translate: Translate): string | null {
  const leaves = pastedLeaves(pasted.text);
  if (leaves === null) return patternQuery(pasted, translate);
  const asked = withIdAlone(leaves);
  const isKnown = asked.length > 0 && asked.length <= mostRead && asked.every(([path]) => pasted.fields.has(path));
  return isKnown ? clausesOf(asked) : null;
}

/** The values of a pasted record, or part of one; null where the text is none. */
function pastedLeaves(text: string): readonly Leaf[] | null {
  const trimmed = text.trim();
  const isWhole = /^[[{]/.test(trimmed);
  if (!isWhole && !/^"[^"]+"\s*:[^]*,/.test(trimmed)) return null;
  const body = trimmed.replace(/,$/, '');
  const value = parsed(isWhole ? body : `{${body}}`);
  return typeof value === 'object' && value !== null ? leavesOf(onlyRecord(value), '', 0) : null;
}

/** A record is known by its ID. */
function withIdAlone(leaves: readonly Leaf[]): readonly Leaf[] {
  const id = leaves.find(([path]) => path === 'eventID');
  return id === undefined ? leaves : [id];
}

function clausesOf(leaves: readonly Leaf[]): string {
  return leaves.map(([path, leaf]) => `${quoteField(path)}:${quoteValue(leaf)}`).join(' ');
}

function recordNote({ text, fields }: Pasted): QueryNote | null {
  const leaves = pastedLeaves(text);
  if (leaves === null) return null;
  const known = withIdAlone(leaves).filter(([path]) => fields.has(path));
  const advice = 'JSON is not a query; its names and values are searched for as words.';
  const offer = known.length === 0 ? null : clausesOf(known.slice(0, mostClauses));
  return note([text.trim().slice(0, mostQuoted)], advice, offer);
}

/** The record in a file of one: `{"Records":[{…}]}`. */
function onlyRecord(value: object): unknown {
  const list: unknown = Array.isArray(value) ? value : 'Records' in value ? value.Records : null;
  return Array.isArray(list) && list.length === 1 ? list[0] : value;
}

function leavesOf(value: unknown, path: string, depth: number): readonly Leaf[] {
  if (depth > mostDepth) return [];
  if (Array.isArray(value)) return value.flatMap((element: unknown) => leavesOf(element, path, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leavesOf(inner, path === '' ? key : `${path}.${key}`, depth + 1),
    );
  }
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isValue && path !== '' ? [[path, String(value)]] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** `SELECT … FROM … WHERE condition ORDER BY …`. */
function statementNote({ text, visible }: Pasted, translate: Translate): QueryNote | null {
  if (!/^\s*select\s[^]*\sfrom\s/i.test(visible)) return null;
  const keywords = /\b(?:SELECT|FROM|WHERE|GROUP\s+BY|ORDER\s+BY|HAVING|LIMIT)\b/gi;
  const words = Array.from(visible.matchAll(keywords), ({ 0: word, index }) => text.slice(index, index + word.length));
  const where = /\swhere\s/i.exec(visible);
  const from = where === null ? -1 : where.index + where[0].length;
  const rest = from < 0 ? '' : visible.slice(from);
  const length = rest.search(/\s(?:group\s+by|order\s+by|having|limit)\s|;/i);
  const condition = from < 0 ? '' : text.slice(from, length < 0 ? undefined : from + length).trim();
  const advice = 'SQL is not supported. Only the part after WHERE can be searched for here, as tests of fields.';
  return note(words, advice, condition === '' ? null : translate(condition));
}

/** `fields … | filter condition | sort …` and `search … | where … | stats …`. */
function pipelineNote({ text, visible }: Pasted, translate: Translate): QueryNote | null {
  const bars = Array.from(visible.matchAll(/(?<=^|\s)\|(?=\s)/g), ({ index }) => index);
  const stages = [0, ...bars.map((bar) => bar + 1)].map((from, at) => text.slice(from, bars[at]).trim());
  if (bars.length === 0) return null;
  const conditions = stages.flatMap((stage, at) => conditionOf(stage, at === 0));
  const clauses = conditions.map((condition) => translate(condition));
  if (conditions.length === 0 || clauses.includes(null)) return null;
  const asked = clauses.map((clause) =>
    /\bor\b|\|\|/i.test(clause ?? '') && clauses.length > 1 ? `(${clause})` : clause,
  );
  const commands = stages.map((stage) => /^\S*/.exec(stage)?.[0] ?? '').filter((command) => command !== '');
  const advice = 'There are no commands here. Facets count, and the timeline bounds the time.';
  return note(commands, advice, asked.join(' ').trim() || '*');
}

/** What a stage of a pipeline asks of an event; nothing where it is a command that only shows, counts or sorts. */
function conditionOf(stage: string, isFirst: boolean): readonly string[] {
  const condition = /^(?:filter|where|search)\s+([^]+)$/i.exec(stage)?.[1];
  if (condition !== undefined) return [condition];
  const isOther = /^(?:(?:fields|display|stats|parse|source)\s|AWSCloudTrail$)/i.test(stage);
  return isFirst && stage !== '' && !isOther ? [stage] : [];
}

/** `{ ($.eventName = "X") && … }`, as CloudWatch Logs filters its events. */
function patternQuery({ text, visible }: Pasted, translate: Translate): string | null {
  const isInBraces = /^\s*\{[^{}]*\$\.[^{}]*\}\s*$/.test(visible);
  return isInBraces ? translate(text.trim().slice(1, -1).trim()) : null;
}

function patternNote(pasted: Pasted, translate: Translate): QueryNote | null {
  const query = patternQuery(pasted, translate);
  return query === null ? null : note(['{', '}'], 'Braces are plain characters; only ( and ) group.', query);
}

function note(words: readonly string[], advice: string, text: string | null): QueryNote {
  return { kind: 'read-whole', words, advice, text };
}
