/** Sources that lie one within the other. */
import { isAbsolute, relative, sep } from 'node:path';
import type { EngineSource } from '#contract/api';

/** Those that hold, or lie in, what was removed. A file of both was read for one of them alone. */
export function overlapping(removed: EngineSource, others: readonly EngineSource[]): readonly EngineSource[] {
  return others.filter(({ path }) => holds(removed.path, path) || holds(path, removed.path));
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
