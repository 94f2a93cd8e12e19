/** The index of CONTRIBUTING.md, as somebody uses it who does not know the code: a word is sought, and five files are opened. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from '../../../build/layers.js';
import { fuseNames } from '../../helpers/packed-app';

const root = resolve(import.meta.dirname, '../../..');
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
/** As many files as are opened before somebody asks. */
const patience = 5;

interface Entry {
  readonly question: string;
  /** A regular expression, in any case. */
  readonly word: string;
  readonly file: string;
}

/** Rows such as "| Where is the CIDR test? | `CIDR` | `shared/core/query/address.ts` |". */
const index: readonly Entry[] = [...contributing.matchAll(/^\| +([^|]+\?) +\| +`([^`]+)` +\| +`([^`]+)` +\|$/gm)].map(
  ([, question = '', word = '', file = '']) => ({ question, word, file }),
);

const sources = ['shared', 'renderer', 'electron', 'build'].flatMap(sourcesBelow).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.(?:ts|svelte|m?js)$/.test(entry.name) ? [path] : [];
  });
}

/** The files that hold a word, the one with most of it first; of equal ones in the order of their paths. */
function filesWith(word: string): readonly string[] {
  const pattern = new RegExp(word, 'gi');
  return sources
    .map(({ path, text }) => ({ path, hits: text.match(pattern)?.length ?? 0 }))
    .filter(({ hits }) => hits > 0)
    .sort((one, other) => other.hits - one.hits || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path);
}

describe('the index of CONTRIBUTING.md', () => {
  it('is seen by this test, row by row', () => {
    const rows = contributing.slice(contributing.indexOf('## Where is')).match(/^\| (?!question|-)/gm) ?? [];
    expect(index).toHaveLength(rows.length);
    expect(index.length).toBeGreaterThanOrEqual(12);
  });

  it.each(index.map(({ question, ...rest }) => [question, rest] as const))(
    'answers by a search for its word: %s',
    (_question, { word, file }) => {
      expect(filesWith(word).slice(0, patience)).toContain(file);
    },
  );
});

describe('CONTRIBUTING.md', () => {
  it('names only files and folders that are there', () => {
    const named = [...contributing.matchAll(/`((?:build|docs|electron|renderer|shared|tests)\/[\w./-]+)`/g)];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
    expect(named.length).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });
});

describe('a document', () => {
  const folders = ['build', 'docs', 'electron', 'renderer', 'shared', 'tests'];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  );
  const isDocument = /(?:^docs\/.*|README|DESIGN)\.md$/;
  const documents = ['CONTRIBUTING.md', ...paths.filter((path) => isDocument.test(path))];
  const fileNames = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(at).join('/'))));
  /** The settings of Electron and of its packages, too: some are named because they are left alone. */
  const settings = ['node_modules/electron/electron.d.ts', 'build/electron-builder.yml'].map((path) =>
    readFileSync(join(root, path), 'utf8'),
  );
  const texts = [...sources.map(({ text }) => text), ...settings];
  const words = new Set(texts.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
  /** Of Electron, not of ours. */
  const foreign: readonly string[] = ['electron.d.ts', 'utilityProcess', ...fuseNames];

  it.each(documents)('names only files and functions that are there: %s', (document) => {
    const text = readFileSync(join(root, document), 'utf8').replace(/```[^]*?```/g, '');
    const named = Array.from(text.matchAll(/`([\w./-]+)`/g), ([, name = '']) => name);
    const missing = named.filter((name) => {
      if (foreign.includes(name)) return false;
      if (/\.(?:ts|js|mjs|svelte)$/.test(name)) return !fileNames.has(name) && !existsSync(join(root, name));
      return /^[A-Za-z]\w*[a-z][A-Z]\w*$/.test(name) && !words.has(name);
    });
    expect(missing).toEqual([]);
  });

  it.each(documents)('links only to what is there: %s', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const links = Array.from(text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, document, '..', path)))).toEqual([]);
  });
});

describe('shared/README.md', () => {
  const readme = readFileSync(join(root, 'shared/README.md'), 'utf8');

  it('has a sentence for each folder of the engine, from the bottom up', () => {
    const listed = [...readme.matchAll(/^ {2}- `([\w-]+)\/`: \S/gm)].map(
      ([, folder]) => `shared/engine/${String(folder)}`,
    );
    expect(listed).toEqual(Object.keys(layers).filter((folder) => /^shared\/engine\/[^/]+$/.test(folder)));
  });

  it('has a glossary of at most 60 terms, each once and in order', () => {
    const glossary = readme.slice(readme.indexOf('## Glossary'));
    const terms = [...glossary.matchAll(/^\| ([^|]*?) +\| /gm)].map(([, term = '']) => term.toLowerCase()).slice(2);
    expect(terms.length).toBeGreaterThan(40);
    expect(terms.length).toBeLessThanOrEqual(60);
    expect(terms).toEqual([...new Set(terms)].sort());
  });
});
