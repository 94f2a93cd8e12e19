/** The imports of all sources, read from their text, against the allow-list of folders. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { layersPlugin } from '../../../build/eslint-layers.js';
import { layers } from '../../../build/layers.js';

const root = resolve(import.meta.dirname, '../../..');
const importSource = /(?:\bfrom|\bimport|\bimport\()\s*'([.#][^'?]+)(?:\?[^']*)?'/g;

/** Every source of the product and its tools, as a path from the project's root. */
const sources = ['shared', 'electron', 'renderer', 'build/tools'].flatMap(sourcesBelow);

interface Edge {
  readonly from: string;
  readonly to: string;
}
const edges: readonly Edge[] = sources.flatMap((from) =>
  [...readFileSync(join(root, from), 'utf8').matchAll(importSource)].map(([, specifier = '']) => ({
    from,
    to: fileOf(posix.dirname(from), specifier),
  })),
);
const folderEdges = edges
  .map(({ from, to }) => ({ from: posix.dirname(from), to: posix.dirname(to) }))
  .filter(({ from, to }) => from !== to && !to.endsWith('/kernel'));

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    // WebAssembly programs import each other only.
    if (entry.isDirectory()) return entry.name === 'kernel' ? [] : sourcesBelow(path);
    return /\.(?:ts|svelte)$/.test(path) && !path.endsWith('.d.ts') ? [path] : [];
  });
}

function fileOf(folder: string, specifier: string): string {
  const path = specifier.startsWith('#') ? `shared/${specifier.slice(1)}` : posix.join(folder, specifier);
  const found = [path, `${path}.ts`].find(
    (file) => existsSync(join(root, file)) && statSync(join(root, file)).isFile(),
  );
  if (found === undefined) throw new Error(`${folder} imports ${specifier}, which is no file`);
  return found;
}

/** The nodes that lie on a circle: those that are left when all that import nothing more are removed, again and again. */
function onCircles(graph: readonly Edge[]): readonly string[] {
  let left = graph;
  for (;;) {
    const importers = new Set(left.map(({ from }) => from));
    const imported = new Set(left.map(({ to }) => to));
    const next = left.filter(({ from, to }) => importers.has(to) && imported.has(from));
    if (next.length === left.length) return [...importers].sort();
    left = next;
  }
}

describe('the layers of the sources', () => {
  it('are seen by this test', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(folderEdges).toContainEqual({ from: 'shared/engine/formats', to: 'shared/engine/scan' });
  });

  it('have an entry for each folder', () => {
    const folders = new Set(sources.map((file) => posix.dirname(file)));
    expect([...folders].filter((folder) => !Object.hasOwn(layers, folder))).toEqual([]);
  });

  it('allow every import from folder to folder, and nothing that is not used', () => {
    const used = new Set(folderEdges.map(({ from, to }) => `${from} → ${to}`));
    const allowed = Object.entries(layers).flatMap(([from, below]) =>
      Object.keys(below).map((to) => `${from} → ${to}`),
    );
    expect(allowed.sort()).toEqual([...used].sort());
  });

  it('are in order: a folder imports only those listed before it', () => {
    const order = Object.keys(layers);
    const upwards = Object.entries(layers).flatMap(([from, below]) =>
      Object.keys(below)
        // Licences are texts from outside the sources.
        .filter((to) => to !== '.' && !to.startsWith('node_modules/'))
        .filter((to) => order.indexOf(to) < 0 || order.indexOf(to) >= order.indexOf(from))
        .map((to) => `${from} → ${to}`),
    );
    expect(upwards).toEqual([]);
  });

  it('hold no circle of files', () => {
    expect(onCircles(edges)).toEqual([]);
  });

  it('are enforced by ESLint in all ways of importing', () => {
    const linter = new Linter();
    const config = { plugins: { layers: layersPlugin }, rules: { 'layers/downwards-only': 'error' } } as const;
    const messages = (code: string): readonly string[] =>
      linter.verify(code, config, join(root, 'shared/engine/sources/any.js')).map(({ message }) => message);
    const objection = 'shared/engine/sources may not import shared/engine/formats: see build/layers.js.';
    expect(messages("import { a } from '../formats/a';")).toEqual([objection]);
    expect(messages("import { a } from '#engine/formats/a';")).toEqual([objection]);
    expect(messages("export { a } from '../formats/a';\nexport * from '../formats/a';")).toEqual([
      objection,
      objection,
    ]);
    expect(messages("await import('../formats/a');")).toEqual([objection]);
    expect(messages("import { a } from '../text/a';\nimport { b } from './b';\nimport 'node:fs';")).toEqual([]);
  });
});
