/** JSON values that lose nothing, and RFC 6902 over them: written for the tests, apart from what makes the patches. */
import { readJson, type JsonValue } from '../reference/json-leaves';

/** Numbers as written; of two members of one name the last, as `JSON.parse` takes it. */
export type Value =
  | { readonly kind: 'object'; readonly members: Map<string, Value> }
  | { readonly kind: 'array'; readonly elements: Value[] }
  | { readonly kind: 'plain'; readonly type: string; readonly text: string };

export function valueOf(text: string): Value {
  return toValue(readJson(text));
}

function toValue(value: JsonValue): Value {
  if (value.type === 'object') {
    return { kind: 'object', members: new Map(value.members.map(([key, each]) => [key, toValue(each)])) };
  }
  if (value.type === 'array') return { kind: 'array', elements: value.elements.map(toValue) };
  return { kind: 'plain', type: value.type, text: value.text };
}

/** Applies a patch, an array of operations as text. Throws where an operation does not fit. */
export function applyPatch(document: Value, patch: string): Value {
  const operations = valueOf(patch);
  if (operations.kind !== 'array') throw new Error('a patch is an array');
  return operations.elements.reduce(applyOperation, document);
}

function applyOperation(document: Value, operation: Value): Value {
  if (operation.kind !== 'object') throw new Error('an operation is an object');
  const { members } = operation;
  const pointer = textIn(members, 'path');
  const value = members.get('value');
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const op = textIn(members, 'op');
  if (last === undefined) {
    if (op !== 'replace' || value === undefined) throw new Error(`${op} of the whole document`);
    return value;
  }
  const target = steps.reduce(step, document);
  if (target.kind === 'object') applyToObject(target.members, op, last, value);
  else if (target.kind === 'array') applyToArray(target.elements, op, last, value);
  else throw new Error(`${pointer} is in a plain value`);
  return document;
}

function applyToObject(members: Map<string, Value>, op: string, key: string, value: Value | undefined): void {
  if (op !== 'add' && !members.has(key)) throw new Error(`${op}: no member ${key}`);
  if (op === 'remove') members.delete(key);
  else if (value !== undefined) members.set(key, value);
  else throw new Error(`${op} without a value`);
}

function applyToArray(elements: Value[], op: string, step: string, value: Value | undefined): void {
  const at = Number(step);
  const end = op === 'add' ? elements.length : elements.length - 1;
  if (!/^(?:0|[1-9]\d*)$/.test(step) || at > end) throw new Error(`${op}: no element ${step}`);
  if (op === 'remove') elements.splice(at, 1);
  else if (value === undefined) throw new Error(`${op} without a value`);
  else elements.splice(at, op === 'replace' ? 1 : 0, value);
}

function step(value: Value, name: string): Value {
  const next =
    value.kind === 'object'
      ? value.members.get(name)
      : value.kind === 'array'
        ? value.elements[Number(name)]
        : undefined;
  if (next === undefined) throw new Error(`there is nothing at ${name}`);
  return next;
}

function textIn(members: Map<string, Value>, key: string): string {
  const value = members.get(key);
  if (value?.kind !== 'plain' || value.type !== 'string') throw new Error(`${key} is no text`);
  return value.text;
}
