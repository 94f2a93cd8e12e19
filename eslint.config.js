import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { layersPlugin } from './build/eslint-layers.js';

/**
 * What keeps the promises that types cannot: which folder may import what, no network anywhere but in the one host that
 * serves the window on 127.0.0.1, nothing of the evidence as markup.
 */

const networkModules = ['http', 'https', 'http2', 'net', 'tls', 'dns', 'dgram', 'inspector'].flatMap((name) => [
  name,
  `node:${name}`,
]);
const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'];
const onlyHttpHost =
  'Nothing leaves the machine: only shared/host/http-host.ts and its neighbours may speak HTTP, on 127.0.0.1.';

/** One regular expression per thing a folder may not import, each with the reason shown to whoever tries. */
const banned = {
  node: { regex: '^node:', message: 'This folder runs in the browser too: no Node modules.' },
  electron: { regex: '^electron(/|$)', message: 'Electron belongs to electron/ alone.' },
  core: { regex: '^#core/|/core/', message: 'shared/contract imports nothing but itself.' },
  engine: { regex: '^#engine/|/engine/', message: 'The engine is reached through the contract.' },
  host: { regex: '^#host/|/shared/host/', message: 'Hosts import the engine, not the other way round.' },
  shell: {
    regex: '/(electron|renderer)/',
    message: 'Shell and window know nothing of each other, and shared code of neither.',
  },
  svelte: { regex: '^svelte(/|$)', message: 'Svelte belongs to renderer/ alone.' },
  visible: {
    regex: '^#core/visible$',
    message:
      'Show untrusted text with ui/Untrusted.svelte, in an attribute with attributeText of lib/attribute-text.ts.',
  },
  network: { regex: `^(${networkModules.join('|')})(/|$)`, message: onlyHttpHost },
  product: {
    regex: '^#|/(shared|renderer|electron|helpers)/',
    message: 'What the product is held to shares nothing with it: a wrong rule would be wrong in both.',
  },
  bareNode: {
    regex: '^(fs|path|os|url|zlib|crypto|worker_threads|child_process|stream|util|events)(/|$)',
    message: 'Write node: before it.',
  },
};

/** @param {...(keyof typeof banned)} names */
function mayNotImport(...names) {
  return {
    'no-restricted-imports': [
      'error',
      { patterns: [...names, /** @type {const} */ ('bareNode')].map((name) => banned[name]) },
    ],
  };
}

const noNetworkGlobals = {
  'no-restricted-globals': ['error', ...networkGlobals.map((name) => ({ name, message: onlyHttpHost }))],
};

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export takes another name in every file that imports it.',
};

/** One way of writing what has several. Every list of `no-restricted-syntax` has these: such lists replace each other. */
const oneStyle = [
  noDefaultExport,
  {
    selector: 'PrivateIdentifier',
    message: 'Private members are marked by the keyword `private`, which can be destructured from `this`.',
  },
  {
    selector: 'AssignmentExpression[operator=/^[-+]=$/][right.value=1]',
    message: 'Write x++ or x--.',
  },
  ...[
    ':matches(PropertyDefinition, TSPropertySignature) > TSTypeAnnotation > TSTypeReference',
    ':matches(PropertyDefinition, TSPropertySignature) > TSTypeAnnotation > TSUnionType > TSTypeReference',
    'TSArrayType > TSTypeReference',
  ].map((place) => ({
    selector: `${place}[typeName.name='Lent']`,
    message: 'What is lent cannot be kept: keep a copy, made by `slice`.',
  })),
];

const onlyNewest = {
  selector: "NewExpression[callee.name='AbortController']",
  message: 'What a newer request calls off has one rule: Latest and Newest in renderer/lib/latest.ts.',
};
/** One case of letters for names that are declared: a constant is a name like any other. */
const camelCase = [
  'VariableDeclarator > Identifier.id',
  'PropertyDefinition > Identifier.key',
  'TSEnumMember > Identifier.id',
].map((name) => ({
  selector: `${name}[name=/^[A-Z][A-Z0-9_]+$/]`,
  message: 'Constants are written in camelCase: mostRows, not MOST_ROWS.',
}));

/** A test left out or left alone lets a red run look green. */
const unskippable = ['only', 'skip', 'todo', 'fails', 'fixme'].map((name) => ({
  selector: `MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name='${name}']`,
  message: `No .${name} in a committed test; where the machine decides, use skipIf or test.skip(condition, reason).`,
}));

export default defineConfig(
  { ignores: ['out/', 'dist/', 'test-results/', 'playwright-report/', '**/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      eqeqeq: 'error',
      'no-async-promise-executor': 'error',
      'no-case-declarations': 'error',
      'no-cond-assign': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-case': 'error',
      'no-empty': 'error',
      'no-empty-pattern': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-implied-eval': 'error',
      'no-loss-of-precision': 'error',
      'no-misleading-character-class': 'error',
      'no-new-func': 'error',
      'no-prototype-builtins': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-shadow-restricted-names': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-useless-catch': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'use-isnan': 'error',
      'valid-typeof': 'error',
      'no-console': 'error',
      'no-implicit-coercion': ['error', { boolean: true, number: true, string: true, disallowTemplateShorthand: true }],
      'no-restricted-syntax': ['error', ...oneStyle, ...camelCase],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'],
    extends: [ts.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'error',
      // `Promise<void> | void` is an honest type of a callback that may or may not wait.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // An empty class body or function is at times the honest answer of a stub.
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    // What needs the types: a promise nobody waits for loses its error; a comparison that is always true hides a mistake.
    files: ['shared/**/*.ts', 'electron/**/*.ts', 'build/tools/**/*.ts', 'renderer/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
    },
  },

  {
    // AssemblyScript, whose compiler knows its own types: here every number is one type, so that a cast seems needless; a literal may have
    // 64 bits; and there is no `import type`.
    files: ['shared/engine/*/kernel/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'no-loss-of-precision': 'off',
    },
  },

  // Which folder may import what: pairs of folders in build/layers.js, modules and packages here.
  {
    files: ['shared/**/*.ts', 'electron/**/*.ts', 'build/tools/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.svelte'],
    plugins: { layers: layersPlugin },
    rules: { 'layers/downwards-only': 'error' },
  },
  {
    files: ['shared/contract/**/*.ts'],
    rules: {
      ...mayNotImport('node', 'network', 'electron', 'core', 'engine', 'host', 'shell', 'svelte'),
      ...noNetworkGlobals,
    },
  },
  {
    files: ['shared/core/**/*.ts'],
    rules: { ...mayNotImport('node', 'network', 'electron', 'engine', 'host', 'shell', 'svelte'), ...noNetworkGlobals },
  },
  {
    files: ['shared/engine/**/*.ts', 'shared/cli/**/*.ts', 'build/tools/**/*.ts'],
    rules: { ...mayNotImport('network', 'electron', 'host', 'shell', 'svelte'), ...noNetworkGlobals },
  },
  {
    files: ['shared/host/**/*.ts'],
    rules: { ...mayNotImport('network', 'electron', 'shell', 'svelte'), ...noNetworkGlobals },
  },
  { files: ['shared/host/http-*.ts'], rules: mayNotImport('electron', 'shell', 'svelte') },
  {
    files: ['electron/**/*.ts'],
    rules: {
      ...mayNotImport('network', 'shell', 'svelte'),
      ...noNetworkGlobals,
      'no-restricted-syntax': [
        'error',
        ...oneStyle,
        ...camelCase,
        { selector: "ImportSpecifier[imported.name='net']", message: onlyHttpHost },
        {
          selector: "MemberExpression[property.name='openExternal']",
          message: 'A link in evidence must never open a browser.',
        },
        { selector: "Property[key.name='sandbox'][value.value=false]", message: 'Every window is sandboxed.' },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.svelte'],
    languageOptions: { globals: globals.browser },
    rules: {
      ...mayNotImport('node', 'network', 'electron', 'engine', 'host', 'shell', 'visible'),
      ...noNetworkGlobals,
      'no-restricted-syntax': ['error', ...oneStyle, ...camelCase, onlyNewest],
    },
  },
  { files: ['renderer/lib/latest.ts'], rules: { 'no-restricted-syntax': ['error', ...oneStyle, ...camelCase] } },
  // Where untrusted text is made fit to be shown.
  { files: ['renderer/lib/**/*.ts'], rules: mayNotImport('node', 'network', 'electron', 'engine', 'host', 'shell') },
  // The window's half of the browser host: to its own origin only, which the CSP enforces.
  { files: ['renderer/host/http-*.ts'], rules: { 'no-restricted-globals': 'off' } },

  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      'svelte/no-at-html-tags': 'error',
      // The policy forbids the attribute; the directive sets properties one by one, which it allows.
      'no-restricted-syntax': [
        'error',
        ...oneStyle,
        onlyNewest,
        ...camelCase,
        { selector: "SvelteAttribute[key.name='style']", message: 'Use style:property={value}.' },
        {
          selector:
            ':not(SvelteAttribute) > SvelteMustacheTag > MemberExpression[property.name=/^(message|name|path|principal|raw)$/]',
          message: 'This may be text from a log: show it with ui/Untrusted.svelte.',
        },
      ],
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      // A collection that is built and thrown away inside a function need not be reactive.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },

  {
    files: ['tests/**/*.ts'],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      'no-restricted-syntax': ['error', ...oneStyle, ...camelCase, ...unskippable],
      // A test may say outright what it has just built.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['tests/reference/**/*.ts'], rules: mayNotImport('product') },
  { files: ['shared/cli/**/*.ts', 'build/tools/**/*.ts', 'shared/host/serve.ts'], rules: { 'no-console': 'off' } },
  { files: ['build/**/*.mjs'], languageOptions: { globals: globals.node }, rules: { 'no-console': 'off' } },
  { files: ['*.config.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
);
