/** Sources that are one inside the other. */
import type { EngineSource } from '#contract/api';
import { insideTest } from '../sources/inside';

/** Those that hold a source, or are inside it, by whatever names. A file of both is read for the one that comes first. */
export function overlapping(source: EngineSource, others: readonly EngineSource[]): readonly EngineSource[] {
  const holdsSource = insideTest(source.path);
  return others.filter(({ path }) => holdsSource(path) || insideTest(path)(source.path));
}
