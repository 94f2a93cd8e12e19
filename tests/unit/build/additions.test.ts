/** How many files an addition touches: what the compiler asks for once the first of them is written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

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
let previous: ts.Program | undefined;

/** The files with a type error, from the project's root, once the text is written into one of them. */
function askedFor(path: string, before: string, text: string): readonly string[] {
  const host = ts.createCompilerHost(options);
  const changed = join(root, path);
  const source = readFileSync(changed, 'utf8');
  expect(source).toContain(before);
  host.readFile = (file) =>
    resolve(file) === changed ? source.replace(before, `${text}${before}`) : ts.sys.readFile(file);
  const settings = { ...options, noEmit: true, types: ['node'], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] };
  const program = ts.createProgram(files, settings, host, previous);
  previous = program;
  const asked = program
    .getSemanticDiagnostics()
    .map(({ file }) => (file === undefined ? '?' : relative(root, file.fileName).replaceAll('\\', '/')));
  return [...new Set(asked)].sort();
}

describe('what is added', () => {
  it('as a limit is one entry: its setting, dialog, option and messages follow', () => {
    const entry =
      "fixture: { byDefault: 1, atMost: 2, unit: 'files', label: '', dialogUnit: 'files', guards: '', meaning: '', inMessages: '' },\n  ";
    expect(askedFor('shared/contract/limits.ts', 'ratio: {', entry)).toEqual([]);
  });

  it('as a computed field is asked for where they are listed, and nowhere else', () => {
    const entry = "fixture: '@fixture',\n  ";
    expect(askedFor('shared/core/fields.ts', '/** The path of the file, or of an archive', entry)).toEqual([
      'shared/engine/search/computed-fields.ts',
    ]);
  });

  it('as a format of records is one entry, and whatever reads it', () => {
    expect(
      askedFor('shared/contract/record-formats.ts', "records: { name: 'CloudTrail", "fixture: { name: '' },\n  "),
    ).toEqual([]);
  });

  it('as a call of the engine is asked for by its guard, by the service that passes it on, and by the engine', () => {
    const entry = "readonly 'fixture.call': Call<null, null>;\n  ";
    expect(askedFor('shared/contract/api.ts', "readonly 'archive.status': Call", entry)).toEqual([
      'shared/engine/engine.ts',
      'shared/host/app-service.ts',
      'shared/host/guards.ts',
    ]);
  });
}, 120_000);
