/** Checks arguments against the signatures in `electron.d.ts`, as {@link ApiTable} holds them. */

/** A type, as far as an argument is held to it. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'union'; readonly of: readonly Shape[] }
  | { readonly kind: 'array'; readonly of: Shape }
  | { readonly kind: 'function' }
  /** An object of a class: no plain one. */
  | { readonly kind: 'instance'; readonly name: string }
  /** An object of options: no keys but these. */
  | { readonly kind: 'options'; readonly name: string };

export interface Parameter {
  readonly shape: Shape;
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

/** A member's signatures; none where it is no function. */
export type Signatures = readonly (readonly Parameter[])[];

export interface ApiTable {
  readonly version: string;
  readonly types: Readonly<Record<string, Readonly<Record<string, Signatures>>>>;
  readonly options: Readonly<Record<string, Readonly<Record<string, { shape: Shape; isOptional: boolean }>>>>;
}

/** @throws where no signature takes these arguments */
export function checkArguments(table: ApiTable, name: string, signatures: Signatures, args: readonly unknown[]): void {
  if (signatures.length === 0) return;
  const problems = signatures.map((signature) => problemOf(table, signature, args));
  if (problems.includes(null)) return;
  const said = [...new Set(problems)];
  const text =
    said.length > 4 ? `no signature takes ${args.map((each) => JSON.stringify(each)).join(', ')}` : said.join('; or ');
  throw new TypeError(`${name}: ${text} (electron.d.ts ${table.version})`);
}

function problemOf(table: ApiTable, signature: readonly Parameter[], args: readonly unknown[]): string | null {
  const last = signature.at(-1);
  if (args.length > signature.length && last?.isRest !== true) return `takes ${String(signature.length)} arguments`;
  for (const [index, { shape, isOptional, isRest }] of signature.entries()) {
    const values = isRest ? args.slice(index) : [args[index]];
    for (const value of values) {
      if (value === undefined && (isOptional || isRest)) continue;
      const problem = mismatch(table, shape, value, `argument ${String(index + 1)}`);
      if (problem !== null) return problem;
    }
  }
  return null;
}

/** What is wrong with a value; null where it has the shape. */
function mismatch(table: ApiTable, shape: Shape, value: unknown, place: string): string | null {
  switch (shape.kind) {
    case 'any':
      return null;
    case 'primitive':
      return (value === null ? 'null' : typeof value) === shape.name ? null : `${place} must be ${shape.name}`;
    case 'literal':
      return value === shape.value ? null : `${place} must be ${JSON.stringify(shape.value)}`;
    case 'function':
      return typeof value === 'function' ? null : `${place} must be a function`;
    case 'instance': {
      const isPlain = typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype;
      return isPlain ? `${place} must be a ${shape.name}` : null;
    }
    case 'array':
      if (!Array.isArray(value)) return `${place} must be an array`;
      return firstOf(value.map((each, index) => mismatch(table, shape.of, each, `${place}[${String(index)}]`)));
    case 'union': {
      const problems = shape.of.map((each) => mismatch(table, each, value, place));
      return problems.includes(null) ? null : deepestOf(problems);
    }
    case 'options':
      return optionsMismatch(table, shape.name, value, place);
  }
}

function optionsMismatch(table: ApiTable, name: string, value: unknown, place: string): string | null {
  if (typeof value !== 'object' || value === null) return `${place} must be an object`;
  const known = table.options[name] ?? {};
  for (const [key, each] of Object.entries(value)) {
    const expected = known[key];
    if (expected === undefined) return `${place}.${key} is unknown`;
    if (each === undefined) continue;
    const problem = mismatch(table, expected.shape, each, `${place}.${key}`);
    if (problem !== null) return problem;
  }
  const missing = Object.entries(known).find(
    ([key, { isOptional }]) => !isOptional && (value as Record<string, unknown>)[key] === undefined,
  );
  return missing === undefined ? null : `${place}.${missing[0]} is missing`;
}

/** The problem of the member that the value comes closest to: the one found furthest within it. */
function deepestOf(problems: readonly (string | null)[]): string | null {
  const depth = (problem: string | null): number => (problem?.split(/ (?:is|must) /)[0] ?? '').split(/[.[]/).length;
  return problems.reduce((best, problem) => (depth(problem) > depth(best) ? problem : best), problems[0] ?? null);
}

function firstOf(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}
