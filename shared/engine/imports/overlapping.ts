/** Sources where one contains the other. */
import { isAbsolute, relative, sep } from 'node:path';
import type { EngineSource } from '#contract/api';

/** The sources that contain a source, or lie in it. A file of both is read for the one that was opened first. */
export function overlapping(source: EngineSource, others: readonly EngineSource[]): readonly EngineSource[] {
  return others.filter(({ path }) => holds(source.path, path) || holds(path, source.path));
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
