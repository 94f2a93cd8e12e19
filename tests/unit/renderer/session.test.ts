import { AppError } from '#contract/errors';
import { epochMs, sourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { ImportReport } from '#contract/report';
import type { ArchiveStatus, SourceRef } from '#contract/sources';
import { describe, expect, it } from 'vitest';
import { notReadText, summaryText } from '../../../renderer/lib/import-summary';
import { Session } from '../../../renderer/state/session.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { waitFor } from '../../helpers/wait';

const source = (name: string): SourceRef => ({ sourceId: sourceId(name), kind: 'folder', name, label: `/${name}` });

const status = (change: Partial<ArchiveStatus>): ArchiveStatus => ({ ...nothingOpen(0), ...change });

const report: ImportReport = {
  filesRead: 54,
  filesPartial: 1,
  filesUnread: 0,
  filesIgnored: 0,
  files: [],
  filesTroubled: 0,
  events: 2_900,
  duplicates: 0,
  versions: 0,
  summaryOnly: 0,
  appended: 0,
  undated: 0,
  outOfRange: 0,
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
    'archive.add': ([added]) =>
      status({
        state: 'ready',
        version: 10,
        name: 'both',
        events: 3,
        sources: [source('logs'), source(String(added))],
      }),
    'archive.remove': () => status({ state: 'ready', version: 11, name: 'logs', sources: [source('logs')] }),
    'recent.list': () => [],
  });
  const withDrops = {
    ...host,
    droppedFiles: () => Promise.resolve([new File(['{}'], 'case.zip')]),
    filesToSources: () => Promise.resolve([source('dropped')]),
  };
  const session = new Session(withDrops, {
    onArchive: () => told.push('archive'),
    onMore: () => told.push('more'),
    onLess: () => told.push('less'),
    onTaking: () => undefined,
    onAlreadyOpen: () => told.push('already open'),
    onProofs: () => told.push('proofs'),
  });
  await session.start();
  return { session, host, told };
}

describe('the session', () => {
  const importing = { state: 'importing', sources: [source('logs')] } as const;

  it('distinguishes another archive from more of the same', async () => {
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
    await waitFor(() => expect(session.report?.events).toBe(2_900));
    expect([atStart, session.isSummaryShown]).toEqual([false, true]);
  });

  it('keeps what is known of the archive when a source comes or goes, and reads the report anew', async () => {
    const open = status({ ...importing, state: 'ready', version: 3 });
    const { session, host, told } = await startSession(open);
    await session.add([sourceId('case')]);
    await session.remove(sourceId('case'));
    await waitFor(() => expect(host.requests('archive.report')).toHaveLength(3));
    expect([told, session.status.name, session.problem]).toEqual([['archive', 'more', 'less'], 'logs', null]);
  });

  it('says so where what is to be added is open already', async () => {
    const { session, host, told } = await startSession(status({ ...importing, state: 'ready', version: 3 }));
    await session.add([sourceId('logs')]);
    expect([told, host.requests('archive.add')]).toEqual([['archive', 'already open'], []]);
  });

  it('starts over where the same source is opened again', async () => {
    const { session, told } = await startSession(
      status({ state: 'ready', version: 3, events: 1, sources: [source('other')] }),
    );
    await session.reopen();
    expect(told).toEqual(['archive', 'archive']);
  });

  it('keeps what is dropped on an open archive until somebody says what to do with it', async () => {
    const { session, host } = await startSession(status({ ...importing, state: 'ready', version: 3 }));
    const data = { files: [{ name: 'case.zip' }] } as unknown as DataTransfer;
    await session.takeDrop(data);
    const waiting = session.drop?.names;
    await session.settleDrop(null);
    const dropped = host.calls.filter(({ name }) => name.startsWith('archive.open') || name === 'archive.add');
    expect([waiting, session.drop, dropped]).toEqual([['case.zip'], null, []]);

    await session.takeDrop(data);
    await session.settleDrop('add');
    expect(host.requests('archive.add')).toEqual([[sourceId('dropped')]]);
  });

  it('opens what is dropped at once where nothing is open', async () => {
    const { session, host } = await startSession(status({}));
    await session.takeDrop({ files: [{ name: 'case.zip' }] } as unknown as DataTransfer);
    expect([session.drop, host.requests('archive.open')]).toEqual([null, [[sourceId('dropped')]]]);
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
