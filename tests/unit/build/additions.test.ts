/** How many files an addition touches, by what the compiler asks for, and how many a removed source passes through. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordFormats } from '#contract/record-formats';
import { callGraph, longestWay, onlyFor } from '../../helpers/call-graph';

const root = resolve(import.meta.dirname, '../../..');
const files = ['shared', 'electron'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\bkernel\b/.test(path))
    .map((path) => join(root, folder, path)),
);
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => readFileSync(path, 'utf8')).config,
  ts.sys,
  root,
);

interface Addition {
  /** Of the file it is written into. */
  readonly path: string;
  /** What it is written before. */
  readonly before: string;
  /** Has the addition's name in it. */
  readonly text: string;
}

/** By their names, which are in the messages of whatever asks for them. */
const additions = {
  fixtureLimit: {
    path: 'shared/contract/limits.ts',
    before: 'ratio: {',
    text: "fixtureLimit: { byDefault: 1, atMost: 2, unit: 'files', label: '', dialogUnit: 'files', guards: '', meaning: '', inMessages: '' },\n  ",
  },
  fixtureField: {
    path: 'shared/core/fields.ts',
    before: '/** The path of the file, or of an archive',
    text: "fixtureField: '@fixtureField',\n  ",
  },
  fixtureFormat: {
    path: 'shared/contract/record-formats.ts',
    before: "records: { name: 'CloudTrail",
    text: "fixtureFormat: { name: '' },\n  ",
  },
  fixtureCall: {
    path: 'shared/contract/api.ts',
    before: "readonly 'archive.status': Call",
    text: "readonly 'fixtureCall': Call<null, null>;\n  ",
  },
} satisfies Readonly<Record<string, Addition>>;

/** With all additions written, since a check of the whole program takes seconds. */
function programWithAdditions(): ts.Program {
  const host = ts.createCompilerHost(options);
  const texts = new Map(Object.values(additions).map((addition) => [join(root, addition.path), written(addition)]));
  host.readFile = (file) => texts.get(resolve(file)) ?? ts.sys.readFile(file);
  const settings = { ...options, noEmit: true, types: ['node'], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] };
  return ts.createProgram(files, settings, host);
}

function typeErrors(program: ts.Program): readonly { readonly file: string; readonly message: string }[] {
  return program.getSemanticDiagnostics().map(({ file, messageText }) => ({
    file: file === undefined ? '?' : fromRoot(file.fileName),
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

const fromRoot = (path: string): string => relative(root, path).replaceAll('\\', '/');

function written({ path, before, text }: Addition): string {
  const source = readFileSync(join(root, path), 'utf8');
  expect(source).toContain(before);
  return source.replace(before, `${text}${before}`);
}

let program: ts.Program;
beforeAll(() => {
  program = programWithAdditions();
}, 120_000);

describe('what is added', () => {
  let errors: ReturnType<typeof typeErrors>;
  beforeAll(() => {
    errors = typeErrors(program);
  }, 120_000);

  /** The files that do not compile until the addition is written there too. */
  function askedFor(name: keyof typeof additions): readonly string[] {
    const asked = errors.filter(({ message }) => message.includes(name)).map(({ file }) => file);
    return [...new Set(asked)].sort();
  }

  it('is named by every error, so that each is counted for one addition', () => {
    const names = Object.keys(additions);
    expect(errors.filter(({ message }) => !names.some((name) => message.includes(name)))).toEqual([]);
  });

  it('as a limit is one entry: its setting, dialog, option and messages follow', () => {
    expect(askedFor('fixtureLimit')).toEqual([]);
  });

  it('as a computed field is asked for where they are listed, and nowhere else', () => {
    expect(askedFor('fixtureField')).toEqual(['shared/engine/search/computed-fields.ts']);
  });

  it('as a format of records is one entry, and whatever reads it', () => {
    expect(askedFor('fixtureFormat')).toEqual([]);
  });

  it('as a call of the engine is asked for by its guard, by the service that passes it on, and by the engine', () => {
    expect(askedFor('fixtureCall')).toEqual([
      'shared/engine/engine.ts',
      'shared/host/app-service.ts',
      'shared/host/guards.ts',
    ]);
  });
});

describe('a format of records', () => {
  /** Names that are also words of the code: they stand where nothing is said about a format. */
  const words = ['records', 'events', 'text'];
  /** Names services, one of which is called as a format is. */
  const services = 'shared/core/service-names.ts';
  const texts = files.map((path) => ({ path: fromRoot(path), text: readFileSync(path, 'utf8') }));

  it.each(Object.keys(recordFormats).filter((format) => !words.includes(format)))(
    'is known to four files at most: %s',
    (format) => {
      const pattern = new RegExp(`'${format}'|^  ${format}: \\{`, 'm');
      const known = texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
      expect(known).toContain('shared/contract/record-formats.ts');
      expect(known.filter((path) => path !== services).length).toBeLessThanOrEqual(4);
    },
  );
});

describe('a removed source', () => {
  it('passes through four files of the engine at most, and changes something in these', () => {
    const graph = callGraph(program, (file) => fromRoot(file).startsWith('shared/engine/'));
    const handler = [...graph.keys()].find(({ name }) => name === 'engine.remove');
    if (handler === undefined) throw new Error('no handler of engine.remove');
    const own = onlyFor(handler, graph);
    expect(longestWay(handler, own, graph).map(fromRoot)).toEqual([
      'shared/engine/engine.ts',
      'shared/engine/archive.ts',
      'shared/engine/visibility/visible-rows.ts',
      'shared/engine/visibility/event-duplicates.ts',
    ]);
    expect([...new Set(Array.from(own, ({ file }) => fromRoot(file)))].sort()).toEqual([
      'shared/engine/archive-search.ts',
      'shared/engine/archive.ts',
      'shared/engine/engine.ts',
      'shared/engine/imports/file-records.ts',
      'shared/engine/imports/import-log.ts',
      'shared/engine/imports/import-queue.ts',
      'shared/engine/search/results.ts',
      'shared/engine/visibility/event-duplicates.ts',
      'shared/engine/visibility/visible-rows.ts',
    ]);
  });
});
