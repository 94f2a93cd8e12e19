/** Which names are fields of the open data: the parser asks this before it takes `a:b` for a field test. */
import { namedFields } from '../fields';

/** Names compare in any case. */
export interface FieldLookup {
  /** True for a short name, for a path in the data, and for a path with others beneath it. */
  has(name: string): boolean;
}

/** A lookup over the short names and these paths. */
export function createFieldLookup(paths: Iterable<string>): FieldLookup {
  const known = new Set(namedFields.map((field) => field.name));
  for (const path of paths) addWithParents(path.toLowerCase(), known);
  return { has: (name) => known.has(name.toLowerCase()) };
}

function addWithParents(path: string, known: Set<string>): void {
  known.add(path);
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const parent = path.slice(0, dot);
    if (known.has(parent)) return;
    known.add(parent);
  }
}
