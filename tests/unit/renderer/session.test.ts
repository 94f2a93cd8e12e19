import { AppError } from '#contract/errors';
import { epochMs, sourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { ArchiveStatus, ImportReport, SourceRef } from '#contract/types';
import { describe, expect, it, vi } from 'vitest';
import { notReadText, summaryText } from '../../../renderer/features/importing/summary';
import { Session } from '../../../renderer/state/session.svelte';
import { createFakeHost } from '../../helpers/fake-host';

const source = (name: string): SourceRef => ({ sourceId: sourceId(name), kind: 'folder', name, label: `/${name}` });

const status = (change: Partial<ArchiveStatus>): ArchiveStatus => ({ ...nothingOpen(0), ...change });

const report: ImportReport = {
  filesRead: 54,
  filesPartial: 1,
  filesUnread: 0,
  filesAside: 0,
  files: [],
  filesTroubled: 0,
  events: 2_900,
  copies: 0,
  versions: 0,
  summaryOnly: 0,
  undated: 0,
  first: epochMs(0),
  last: epochMs(58 * 60_000),
  sources: [],
  formats: [],
  accounts: [{ value: '111122223333', count: 2_900 }],
  regions: [{ value: 'us-east-1', count: 2_900 }],
  days: [],
  bytesOnDisk: 1,
  bytesJson: 1,
  elapsedMs: 1,
  cancelled: false,
};

async function startSession(atStart: ArchiveStatus) {
  const told: string[] = [];
  const host = createFakeHost({
    'app.info': () => ({ version: '1', host: 'browser', platform: 'linux', nativeDialogs: false }),
    'archive.status': () => atStart,
    'archive.report': () => report,
    'archive.open': ([first]) => {
      if (first === sourceId('gone')) throw new AppError('not-found', 'There is nothing at /gone');
      return status({ state: 'ready', version: 9, name: 'other', sources: [source('other')] });
    },
    'recent.list': () => [],
  });
  const session = new Session(host, { onArchive: () => told.push('archive'), onMore: () => told.push('more') });
  await session.start();
  return { session, host, told };
}

describe('the session', () => {
  const importing = { state: 'importing', sources: [source('logs')] } as const;

  it('tells another archive from more of the same', async () => {
    const { host, told } = await startSession(status({}));
    host.emit('archive.changed', status({ ...importing, version: 1 }));
    host.emit('archive.changed', status({ ...importing, version: 2 }));
    host.emit('archive.changed', status({ ...importing, version: 2 }));
    host.emit('archive.changed', status({ ...importing, state: 'ready', version: 3 }));
    host.emit('archive.changed', status({ ...importing, version: 4 }));
    host.emit('archive.changed', status({ version: 5 }));
    expect(told).toEqual(['archive', 'more', 'more', 'archive', 'archive']);
  });

  it('sums an import up when it ends, but not one that ended before the window was there', async () => {
    const { session, host } = await startSession(status({ ...importing, state: 'ready', version: 3 }));
    const atStart = session.isSummaryShown;
    host.emit('archive.changed', status({ ...importing, version: 4 }));
    host.emit('archive.changed', status({ ...importing, state: 'ready', version: 5 }));
    await vi.waitFor(() => expect(session.report?.events).toBe(2_900));
    expect([atStart, session.isSummaryShown]).toEqual([false, true]);
  });

  it('says why something could not be opened, until something can', async () => {
    const { session } = await startSession(status({}));
    await session.open([sourceId('gone')]);
    const problem = session.problem?.message;
    await session.open([sourceId('other')]);
    expect([problem, session.problem, session.status.name]).toEqual(['There is nothing at /gone', null, 'other']);
  });
});

describe('an import in one line', () => {
  it('says what was read and what was not', () => {
    expect([summaryText(report), notReadText(report)]).toEqual([
      '2,900 events from 55 files, 1 account, 1 Region, 58 minutes',
      '0 files not read, 1 read in part',
    ]);
  });

  it('says that it was stopped', () => {
    expect(summaryText({ ...report, cancelled: true, accounts: [], regions: [], first: null, last: null })).toBe(
      'Stopped early: 2,900 events from 55 files',
    );
  });
});
