/** The small mistakes that `mutate.mjs` makes: where one can be made, what it is, and whether the compiler would find it. */
import { fromRoot } from './project.mjs';
import ts from 'typescript';

/**
 * One mistake: the text from `start` to `end` (UTF-16 units) is replaced by `after`.
 *
 * @typedef {{ file: string, line: number, column: number, start: number, end: number, before: string, after: string }} Mutation
 */

/** @type {Readonly<Record<string, string>>} */
const operators = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
};

/** @type {Readonly<Record<string, string>>} */
const methods = { some: 'every', every: 'some' };

/** @param {ts.Node} node */
function isComparison(node) {
  return ts.isBinaryExpression(node) && operators[node.operatorToken.getText()] !== undefined;
}

/** @param {ts.Statement} statement */
function onlyReturns(statement) {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0] : statement;
  return only !== undefined && ts.isReturnStatement(only);
}

/**
 * What may be put in place of which nodes, for one node of the tree.
 *
 * @param {ts.Node} node
 * @returns {[ts.Node, string][]}
 */
function changesAt(node) {
  if (ts.isBinaryExpression(node)) {
    const other = operators[node.operatorToken.getText()];
    return other === undefined ? [] : [[node.operatorToken, other]];
  }
  if (ts.isIfStatement(node)) {
    const { expression, elseStatement, thenStatement } = node;
    /** @type {[ts.Node, string][]} */
    const negated = isComparison(expression) ? [] : [[expression, `!(${expression.getText()})`]];
    return elseStatement === undefined && onlyReturns(thenStatement) ? [...negated, [node, ';']] : negated;
  }
  if (ts.isConditionalExpression(node) && !isComparison(node.condition)) {
    return [[node.condition, `!(${node.condition.getText()})`]];
  }
  if (ts.isPropertyAccessExpression(node)) {
    const other = methods[node.name.text];
    return other === undefined ? [] : [[node.name, other]];
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [[node, 'false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [[node, 'true']];
  const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  if (ts.isNumericLiteral(node) && !isName) return [[node, String(Number(node.text) + 1)]];
  if (ts.isStringLiteral(node) && !isName && /^[\w-]+$/.test(node.text)) return [[node, "''"]];
  return [];
}

/**
 * All mistakes that can be made in a file, in the order of the text. None in types and imports, which are not run.
 *
 * @param {string} file below the project's folder
 * @param {string} text
 * @returns {Mutation[]}
 */
export function findMutations(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {Mutation[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    for (const [place, after] of changesAt(node)) {
      const start = place.getStart();
      const { line, character } = source.getLineAndCharacterOfPosition(start);
      found.push({
        file,
        line: line + 1,
        column: character + 1,
        start,
        end: place.end,
        before: place.getText().replace(/\s+/g, ' '),
        after,
      });
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/**
 * @param {string} text of the file
 * @param {Mutation} mutation
 */
export function changeText(text, { start, end, after }) {
  return text.slice(0, start) + after + text.slice(end);
}

/**
 * The same order for the same seed (mulberry32, Fisher-Yates).
 *
 * @template T
 * @param {readonly T[]} items
 * @param {number} seed
 */
export function shuffled(items, seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [/** @type {T} */ (result[other]), /** @type {T} */ (result[last])];
  }
  return result;
}

/**
 * Whether a file would still compile with a mistake in it. Only that file is checked, as a check of all takes too long.
 *
 * @param {readonly string[]} files below the project's folder
 * @returns {(mutation: Mutation, text: string) => boolean}
 */
export function typeChecker(files) {
  const config = ts.readConfigFile(fromRoot('shared/engine/tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fromRoot('shared/engine'));
  const paths = [
    ...files.map((file) => fromRoot(file)),
    fromRoot('shared/web-assembly.d.ts'),
    fromRoot('shared/engine/scan/wasm-base64.d.ts'),
  ];
  let version = 0;
  let changed = { path: '', text: '' };
  const service = ts.createLanguageService({
    getScriptFileNames: () => paths,
    getScriptVersion: (path) => (path === changed.path ? String(version) : '0'),
    getScriptSnapshot: (path) => {
      const text = path === changed.path ? changed.text : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => fromRoot(),
    getCompilationSettings: () => ({ ...options, composite: false, incremental: false, noEmit: true }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  return (mutation, text) => {
    version++;
    changed = { path: fromRoot(mutation.file), text: changeText(text, mutation) };
    return service.getSemanticDiagnostics(changed.path).length === 0;
  };
}
