/** An engine in this process over files on disk, for tests that look at what an import came to. */
import { sourceId } from '#contract/ids';
import type { EventDetail, EventRow, FileDigest } from '#contract/events';
import { defaultLimits } from '#contract/limits';
import type { FileReport, ImportReport } from '#contract/report';
import { Engine } from '#engine/engine';
import { filesOnDisk } from '#engine/engine-files';

const context = { signal: new AbortController().signal, progress: () => undefined };

export interface OpenedFolder {
  /** The first 500 rows that match, in order of time, with the event ID as their one cell. */
  rows(text: string): Promise<readonly EventRow[]>;
  detail(row: EventRow): Promise<EventDetail>;
  digest(row: EventRow): Promise<FileDigest>;
  readonly report: ImportReport;
  readonly files: readonly FileReport[];
}

/** Opens a folder and waits for the end of its import. */
export async function openFolder(path: string): Promise<OpenedFolder> {
  const { handlers } = new Engine({ files: filesOnDisk(), threads: 0 });
  const source = { sourceId: sourceId('s'), kind: 'folder' as const, name: 'logs', label: path, path };
  await handlers['engine.open']({ sources: [source], limits: defaultLimits }, context);
  return {
    rows: async (text) => {
      const asked = { text, facets: [], timeline: null, sort: 'oldest-first' as const, withDuplicates: false };
      const { resultId } = await handlers['query.run'](asked, context);
      return (await handlers['result.page']({ resultId, start: 0, count: 500, columns: ['id'] }, context)).rows;
    },
    detail: async ({ row }) => handlers['event.detail'](row, context),
    digest: async ({ row }) => handlers['event.digest'](row, context),
    report: await handlers['archive.report'](null, context),
    files: (await handlers['archive.files']({ which: 'all', search: '', start: 0, count: 500 }, context)).files,
  };
}
