/** The tests themselves, by their text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../..');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:test|spec)\.ts$/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), lines: readFileSync(join(folder, path), 'utf8').split('\n') }));

/** As many lines as are seen at once. */
const page = 60;

/** The lines of each function that is no group of tests, by where it starts. Prettier puts its end under its beginning. */
function lengths(lines: readonly string[]): readonly (readonly [line: number, length: number])[] {
  return lines.flatMap((line, at) => {
    if (!line.endsWith('=> {')) return [];
    const indent = line.slice(0, line.search(/\S/));
    // The end of a table of cases belongs to the line that begins it.
    const head = lines.findLast((other, from) => from <= at && new RegExp(`^${indent}[^\\s\\]]`).test(other));
    if (head?.includes('describe') === true) return [];
    const end = lines.findIndex((other, from) => from > at && other.startsWith(`${indent}}`));
    return end < 0 ? [] : [[at + 1, end - at + 1]];
  });
}

describe('a test', () => {
  it('is no longer than a page', () => {
    const all = files.flatMap(({ path, lines }) =>
      lengths(lines).map(([line, length]) => ({ place: `${path}:${String(line)}`, length })),
    );
    expect(all.length).toBeGreaterThan(1000);
    expect(all.filter(({ length }) => length > page)).toEqual([]);
  });
});
