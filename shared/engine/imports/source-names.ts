import { basename, dirname } from 'node:path';
import type { EngineSource } from '#contract/api';
import type { SourceRef } from '#contract/sources';

/** The name of an archive: that of its one source, or of the first and how many more. Of nothing: empty. */
export function archiveName(sources: readonly SourceRef[]): string {
  const [first, ...others] = sources;
  if (first === undefined) return '';
  return others.length === 0 ? first.name : `${first.name} and ${String(others.length)} more`;
}

/**
 * The sources to be opened, with names that differ from each other and from those open already: two folders `AWSLogs` get the names of their
 * parent folders. A source with a name of its own keeps it.
 */
export function namedApart(fresh: readonly EngineSource[], open: readonly SourceRef[]): readonly EngineSource[] {
  const uses = new Map<string, number>();
  for (const { name } of [...fresh, ...open]) uses.set(name, (uses.get(name) ?? 0) + 1);
  return fresh.map((source) => {
    const above = basename(dirname(source.path));
    const isShared = (uses.get(source.name) ?? 0) > 1 && above !== '' && source.name === basename(source.path);
    return isShared ? { ...source, name: `${above}/${source.name}` } : source;
  });
}
