import type { ArchiveStatus } from './sources';

/** The status where no archive is open. */
export function nothingOpen(version: number): ArchiveStatus {
  return {
    state: 'empty',
    version,
    name: '',
    sources: [],
    events: 0,
    duplicates: 0,
    appended: 0,
    first: null,
    last: null,
    filesRead: 0,
    filesPartial: 0,
    filesUnread: 0,
    filesIgnored: 0,
    indexBytes: 0,
    progress: null,
  };
}
