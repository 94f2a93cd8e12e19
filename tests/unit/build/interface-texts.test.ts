/** The texts of a feature stand in its `texts.ts`, where they can be read in a row: its other files have none of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../../renderer/features');
const features = [
  'detail',
  'diff',
  'events',
  'facets',
  'fields',
  'groups',
  'help',
  'importing',
  'open',
  'palette',
  'query',
  'report',
  'status',
  'timeline',
];

/** Tables of words and their meanings, or of queries: they are read in a row as they are. */
const tables = ['detail/starters.ts', 'help/language.ts', 'report/status-words.ts'];

/** Attributes, of elements and of our own components, that are read or heard. */
const saidAttributes = /^(title|alt|placeholder|label|aria-(label|description|roledescription|valuetext|placeholder))$/;

/** A node of the parsed component; its members depend on its type. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);

const hasLetter = (text: string): boolean => /\p{L}/u.test(text);

/** Texts that an expression can come to without a call or a variable. */
function textsOf(expression: Node): readonly string[] {
  switch (expression.type) {
    case 'Text':
      return [expression['data'] as string];
    case 'Literal':
      return typeof expression['value'] === 'string' ? [expression['value']] : [];
    case 'TemplateElement':
      return [(expression['value'] as { readonly raw: string }).raw];
    case 'ConditionalExpression':
      return [expression['consequent'], expression['alternate']].filter(isNode).flatMap(textsOf);
    case 'ExpressionTag':
    case 'LogicalExpression':
    case 'TemplateLiteral':
      return childrenOf(expression).flatMap(textsOf);
    case 'BinaryExpression':
      return expression['operator'] === '+' ? childrenOf(expression).flatMap(textsOf) : [];
    default:
      return [];
  }
}

/** What stands in these is a key, a file's ending or a part of a query: it is the same in every language. */
const isOfNames = (node: Node): boolean =>
  node.type === 'RegularElement' && ['kbd', 'code'].includes(node['name'] as string);

/** Texts in the markup: between tags, and in attributes that are read or heard. */
function textsOfMarkup(node: Node): readonly string[] {
  if (node.type === 'Text' || node.type === 'ExpressionTag') return textsOf(node);
  if (node.type === 'StyleDirective' || isOfNames(node)) return [];
  if (node.type !== 'Attribute') return childrenOf(node).flatMap(textsOfMarkup);
  return childrenOf(node).flatMap(saidAttributes.test(node['name'] as string) ? textsOf : textsOfScript);
}

/** Keys of the keyboard have names with a capital. */
const isText = (text: string): boolean =>
  /^\p{Lu}|\p{L}{2} \p{L}{2}/u.test(text) && !/^(Enter|Home|End|(Arrow|Page)(Up|Down|Left|Right))$/.test(text);

/** Strings of a script, or of an attribute that is a function, that read like a text: a capital at the start, or two words. Those that are compared with, and imports, are none. */
function textsOfScript(node: Node): readonly string[] {
  const isOther = /^(Import|TS)/.test(node.type) || (node.type === 'BinaryExpression' && node['operator'] !== '+');
  if (isOther) return [];
  const children = node.type === 'SwitchCase' ? [node['consequent']].flat().filter(isNode) : childrenOf(node);
  const own = node.type === 'Literal' || node.type === 'TemplateElement' ? textsOf(node) : [];
  return [...own.filter((text) => isText(text)), ...children.flatMap(textsOfScript)];
}

function textsOfComponent(source: string): readonly string[] {
  const { fragment, instance, module } = parse(source, { modern: true });
  // What is not there is undefined, whatever the types say.
  const scripts = ([instance, module] as readonly unknown[]).filter(isNode);
  return [...textsOfMarkup(fragment as unknown as Node).filter(hasLetter), ...scripts.flatMap(textsOfScript)].map(
    (text) => text.trim(),
  );
}

function textsOfFile(path: string): readonly string[] {
  const source = readFileSync(path, 'utf8');
  return textsOfComponent(path.endsWith('.svelte') ? source : `<script lang="ts">${source}</script>`);
}

const filesOf = (feature: string): readonly string[] =>
  readdirSync(join(root, feature)).filter(
    (name) => /\.(svelte|ts)$/.test(name) && name !== 'texts.ts' && !tables.includes(`${feature}/${name}`),
  );

describe('the texts of a feature', () => {
  it.each(features)('of renderer/features/%s are in its texts.ts alone', (feature) => {
    const found = filesOf(feature).flatMap((name) =>
      textsOfFile(join(root, feature, name)).map((text) => `${name}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('are found between tags, in attributes, in both branches of a condition and in scripts', () => {
    expect(textsOfComponent('<p>Hello {name}, you</p>')).toEqual(['Hello', ', you']);
    expect(textsOfComponent(`<p title="Swap it">{isOpen ? "open" : \`shut \${n}\`}</p>`)).toEqual([
      'Swap it',
      'open',
      'shut',
    ]);
    expect(textsOfComponent('<Tabs label="Record" aria-label={a ?? "none"} />')).toEqual(['Record', 'none']);
    expect(textsOfComponent('{#if a}<b>yes</b>{:else}{"no"}{/if}')).toEqual(['yes', 'no']);
    expect(textsOfComponent(`<script>copy(a, 'Path'); show(\`\${a} was added\`);</script>`)).toEqual([
      'Path',
      'was added',
    ]);
  });

  it('are not names of classes, ids, keys and fields, or texts of texts.ts', () => {
    expect(textsOfComponent('<p class="muted big" id="one-{n}" role="status">– {texts.one} ({n})</p>')).toEqual([]);
    expect(textsOfComponent("<p title={texts.two(side === 'left')}>{format('name')}</p>")).toEqual([]);
    expect(
      textsOfComponent("<script>import A from './A One'; if (key === 'Enter') go('account');</script><p>{a}</p>"),
    ).toEqual([]);
  });
});
