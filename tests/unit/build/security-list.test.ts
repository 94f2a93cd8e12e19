/** The tables of electron/README.md: every point of Electron's list, each with a test that exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fuseNames } from '../../helpers/packed-app';

const root = resolve(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'electron/README.md'), 'utf8');

/** Rows such as "| 4 | Process sandboxing | on for every renderer | `unit/electron/security.test.ts`: is sandboxed |". */
const points = [...readme.matchAll(/^\| +(\d+) +\|[^|]+\|[^|]+\| `([^`]+)`: (.+?) +\|$/gm)].map(
  ([, number, file = '', name = '']) => ({ number: Number(number), file, name }),
);

it("every point of Electron's list has a row", () => {
  expect(points.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it.each(points)('point $number has the test that is named: $name', ({ file, name }) => {
  const path = join(root, 'tests', file);
  expect([file, existsSync(path)]).toEqual([file, true]);
  expect(namesIn(readFileSync(path, 'utf8'))).toContain(name);
});

it('every fuse has a row', () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` +\| (on|off)/gm)].map(([, name]) => name);
  expect(rows).toEqual(fuseNames);
});

it('Electron is a stable release, named exactly', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
});

/** The names of the tests in a file. */
function namesIn(text: string): readonly string[] {
  const pattern = /^ *(?:it|test)(?:\.each[^]*?\))?\(\s*(['"])(.*?)\1,/gm;
  return [...text.matchAll(pattern)].map(([, , name = '']) => name);
}
