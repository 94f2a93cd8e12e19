/** The rules that this project adds to ESLint's: each refuses what it is for. */
import { join, resolve } from 'node:path';
import { ESLint, Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const eslint = new ESLint({ cwd: root });
const linter = new Linter({ cwd: root });

/** What lint says of a file with another text in it. Of the file's rules, those that need no types: they take seconds to start. */
async function complaints(path: string, text: string): Promise<readonly string[]> {
  const { languageOptions, rules } = (await eslint.calculateConfigForFile(join(root, path))) as Linter.Config;
  const config: Linter.Config = {
    files: [path],
    languageOptions: {
      ...languageOptions,
      parserOptions: { ...(languageOptions?.parserOptions as object), projectService: false },
    },
    rules: {
      'no-restricted-imports': rules?.['no-restricted-imports'] ?? 'off',
      'no-restricted-syntax': rules?.['no-restricted-syntax'],
    },
  };
  return linter.verify(text, config, { filename: join(root, path) }).map(({ message }) => message);
}

const component = (script: string, markup: string): string =>
  `<script lang="ts">\n  ${script}\n</script>\n\n${markup}\n`;
const anyComponent = 'renderer/features/open/PickerEntry.svelte';

describe('untrusted text', () => {
  it('is not escaped by hand in a component, or anywhere outside of renderer/lib', async () => {
    const script = "import { escapeInvisible } from '#core/visible';";
    const expected = [expect.stringContaining('ui/Untrusted.svelte') as string];
    expect(await complaints(anyComponent, component(script, "<p>{escapeInvisible('a')}</p>"))).toEqual(expected);
    expect(await complaints('renderer/ui/Toast.svelte', component(script, "{escapeInvisible('a')}"))).toEqual(expected);
    expect(
      await complaints('renderer/state/toasts.svelte.ts', `${script}\nexport const a = escapeInvisible('a');\n`),
    ).toEqual(expected);
  });

  it.each(['message', 'name', 'path', 'principal', 'raw'])(
    'is not shown as it is where it is called %s',
    async (key) => {
      const script = `const one = { ${key}: 'a' };`;
      expect(await complaints(anyComponent, component(script, `<p>{one.${key}}</p>`))).toEqual([
        expect.stringContaining('ui/Untrusted.svelte'),
      ]);
      expect(await complaints(anyComponent, component(script, `{#if true}{one.${key}}{/if}`))).toHaveLength(1);
    },
  );
});

describe('what a newer request calls off', () => {
  it('has one helper in the window', async () => {
    const line = 'export const one = new AbortController();';
    const expected = [expect.stringContaining('renderer/lib/latest.ts') as string];
    expect(await complaints('renderer/state/detail.svelte.ts', `${line}\n`)).toEqual(expected);
    expect(await complaints('renderer/lib/paged-rows.ts', `${line}\n`)).toEqual(expected);
    expect(await complaints(anyComponent, component(line.replace('export ', ''), '<p></p>'))).toEqual(expected);
    expect(await complaints('renderer/lib/latest.ts', `${line}\n`)).toEqual([]);
  });
});

describe('one style', () => {
  it.each([
    'renderer/state/toasts.svelte.ts',
    'shared/core/time.ts',
    'shared/engine/scan/kernel/text.ts',
    'electron/main.ts',
    'tests/e2e/fixtures.ts',
  ])('of private members and of increments in %s', async (path) => {
    const text =
      'export class A {\n  private one = 1;\n  #two = 2;\n  go(): void {\n    this.one += 1;\n    this.one++;\n  }\n}\n';
    expect(await complaints(path, text)).toEqual([
      expect.stringContaining('keyword `private`'),
      expect.stringContaining('x++'),
    ]);
  });
});

describe('AssemblyScript', () => {
  it.each(['shared/engine/scan/kernel/scan.ts', 'shared/engine/index/kernel/index.ts'])(
    'is held to the same rules in %s',
    async (path) => {
      expect(await eslint.isPathIgnored(join(root, path))).toBe(false);
      const { rules } = (await eslint.calculateConfigForFile(join(root, path))) as Linter.Config;
      for (const rule of ['eqeqeq', 'no-fallthrough', 'no-self-compare', 'no-var', 'prefer-const'])
        expect([rules?.[rule]].flat()[0], rule).toBe(2);
      expect([rules?.['@typescript-eslint/no-unused-vars']].flat()[0]).toBe(2);
    },
  );
});

describe('one case of letters', () => {
  it.each([
    'renderer/state/toasts.svelte.ts',
    'renderer/lib/keys.ts',
    'shared/core/time.ts',
    'shared/engine/sources/tar-header.ts',
    'electron/main.ts',
    'tests/e2e/fixtures.ts',
  ])('of the names of constants in %s', async (path) => {
    const text =
      'const MOST_ROWS = 8;\nconst mostBytes = 9;\nenum Kind {\n  OTHER = 1,\n  Zip = 2,\n}\nexport class A {\n  static readonly LIMIT = MOST_ROWS + Kind.OTHER + mostBytes;\n}\n';
    const expected = expect.stringContaining('camelCase') as string;
    expect(await complaints(path, text)).toEqual([expected, expected, expected]);
  });

  it('of constants in a component', async () => {
    const script = 'const MOST_ROWS = 8;';
    expect(await complaints(anyComponent, component(script, '<p>{MOST_ROWS}</p>'))).toHaveLength(1);
  });
});

describe('bytes that are lent', () => {
  const file = 'shared/engine/formats/input.ts';
  const expected = [expect.stringContaining('What is lent cannot be kept') as string];

  it.each([
    ['a field', 'export class A {\n  private bytes: Lent = make();\n}'],
    ['a field that may be empty', 'export class A {\n  private bytes: Lent | null = null;\n}'],
    ['a property', 'export interface A {\n  readonly bytes: Lent;\n}'],
    ['a list', 'export const all: Lent[] = [];'],
    ['a list that is read only', 'export const all: readonly Lent[] = [];'],
  ])('cannot be kept in %s', async (_, text) => {
    expect(await complaints(file, `${text}\n`)).toEqual(expected);
  });

  it('can be arguments and results', async () => {
    const text = 'export interface A {\n  next(): Promise<Lent>;\n  take: (bytes: Lent) => void;\n}\n';
    expect(await complaints(file, text)).toEqual([]);
  });
});
