/** Sources that lie one within the other. */
import { isAbsolute, relative, sep } from 'node:path';
import type { EngineSource } from '#contract/api';

/** Those that hold a source, or lie in it. A file of both is read for the one that comes first. */
export function overlapping(source: EngineSource, others: readonly EngineSource[]): readonly EngineSource[] {
  return others.filter(({ path }) => holds(source.path, path) || holds(path, source.path));
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
