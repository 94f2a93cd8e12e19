/** All computed fields. Their names and descriptions are in `core/fields.ts`, like those of other fields. */
import { computedPaths, type ComputedPath } from '#core/fields';
import type { ComputedField } from './computed-field';
import { fileField } from './file-field';
import { integrityField } from './integrity-field';
import { targetField } from './target-field';
import { versionsField } from './versions-field';

const byPath: Readonly<Record<ComputedPath, ComputedField>> = {
  [computedPaths.file]: fileField,
  [computedPaths.integrity]: integrityField,
  [computedPaths.target]: targetField,
  [computedPaths.versions]: versionsField,
};

/** The computed field among some paths; null where there is none. */
export function computedAmong(paths: readonly string[]): ComputedField | null {
  const path = Object.values(computedPaths).find((computed) => paths.includes(computed));
  return path === undefined ? null : byPath[path];
}
