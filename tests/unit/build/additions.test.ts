/** How many files an addition touches: what the compiler asks for once the first of them is written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

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

/** All additions are checked in one go, since a check of the whole program takes seconds. */
function typeErrors(): readonly { readonly file: string; readonly message: string }[] {
  const host = ts.createCompilerHost(options);
  const texts = new Map(Object.values(additions).map((addition) => [join(root, addition.path), written(addition)]));
  host.readFile = (file) => texts.get(resolve(file)) ?? ts.sys.readFile(file);
  const settings = { ...options, noEmit: true, types: ['node'], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] };
  return ts
    .createProgram(files, settings, host)
    .getSemanticDiagnostics()
    .map(({ file, messageText }) => ({
      file: file === undefined ? '?' : relative(root, file.fileName).replaceAll('\\', '/'),
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
}

function written({ path, before, text }: Addition): string {
  const source = readFileSync(join(root, path), 'utf8');
  expect(source).toContain(before);
  return source.replace(before, `${text}${before}`);
}

describe('what is added', () => {
  let errors: ReturnType<typeof typeErrors>;
  beforeAll(() => {
    errors = typeErrors();
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
