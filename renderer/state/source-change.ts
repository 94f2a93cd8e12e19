import type { ArchiveStatus } from '#contract/sources';

/** What became of the open sources: the same ones, further ones beside them, some taken out, or another archive altogether. */
export type SourceChange = 'none' | 'more' | 'fewer' | 'other';

/**
 * What happened between two statuses in a row.
 *
 * All rows of a window are invalid once another archive was opened, even one with the same sources and more. That is recognised
 * by fewer events than before, by a new import of the very same sources, and by `isReplacing`, which says that this window asked
 * for it.
 */
export function sourceChange(previous: ArchiveStatus, status: ArchiveStatus, isReplacing: boolean): SourceChange {
  if ((previous.state === 'empty') !== (status.state === 'empty')) return 'other';
  const before = idsOf(previous);
  const now = idsOf(status);
  const isMore = now.size > before.size && isWithin(before, now);
  const isFewer = now.size < before.size && isWithin(now, before);
  const isSame = now.size === before.size && isWithin(now, before);
  const hasBegun = previous.state === 'ready' && status.state === 'importing';
  if (isReplacing && (hasBegun || status.version !== previous.version)) return 'other';
  if (isSame) return hasBegun ? 'other' : 'none';
  if (isFewer && !hasBegun) return 'fewer';
  return isMore && status.events >= previous.events ? 'more' : 'other';
}

function idsOf(status: ArchiveStatus): ReadonlySet<string> {
  return new Set(status.sources.map((source) => source.sourceId));
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((id) => all.has(id));
}
