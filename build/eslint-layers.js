/** An ESLint rule: a folder imports those that `layers.js` lists for it, and no others. */
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { layers } from './layers.js';

const root = resolve(import.meta.dirname, '..');

/** WebAssembly programs: a folder of their own in the layer that runs them. */
const isKernel = (/** @type {string} */ folder) => folder.endsWith('/kernel');

/**
 * The folder an import leads to, from the project's root; null for a package or a module of Node.
 *
 * @param {string} folder the importing file's, from the project's root
 * @param {string} specifier as it is written
 */
export function folderOf(folder, specifier) {
  if (specifier.startsWith('#')) return posix.dirname(`shared/${specifier.slice(1)}`);
  return specifier.startsWith('.') ? posix.dirname(posix.join(folder, specifier)) : null;
}

/**
 * Why a folder may not import another; null where it may.
 *
 * @param {string} from
 * @param {string} to
 */
export function objection(from, to) {
  if (from === to || isKernel(to)) return null;
  const allowed = layers[from];
  if (allowed === undefined) return `${from} has no entry in build/layers.js.`;
  if (Object.hasOwn(allowed, to)) return null;
  return `${from} may not import ${to}: see build/layers.js.`;
}

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const folder = relative(root, dirname(context.filename)).split(sep).join('/');
    const check = (/** @type {{ source?: import("estree").Node | null | undefined }} */ { source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const to = folderOf(folder, source.value);
      const message = to === null ? null : objection(folder, to);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export const layersPlugin = { rules: { 'downwards-only': rule } };
