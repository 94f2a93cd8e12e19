/** Which names are fields of the open data: the parser asks this before it takes `a:b` for a field test. */
import { fieldPaths, isNamed } from '../fields';

/** Names compare in any case. */
export interface FieldLookup {
  /** True for a short name and the paths it reads, for a path in the data, and for a path with others beneath it. */
  has(name: string): boolean;
}

/** A lookup over the short names and these paths. */
export function createFieldLookup(paths: Iterable<string>): FieldLookup {
  const known = new Set<string>();
  for (const path of paths) addWithParents(path.toLowerCase(), known);
  return { has: (name) => isNamed(name) || fieldPaths(name).some((path) => known.has(path.toLowerCase())) };
}

function addWithParents(path: string, known: Set<string>): void {
  known.add(path);
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const parent = path.slice(0, dot);
    if (known.has(parent)) return;
    known.add(parent);
  }
}
