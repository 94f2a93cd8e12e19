import { AppError } from '#contract/errors';
import type { FileReport, FilesPage, FilesRequest } from '#contract/report';
import { describe, expect, it } from 'vitest';
import { ImportFiles } from '../../../renderer/state/import-files.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { waitFor } from '../../helpers/wait';

const file = (index: number): FileReport => ({
  path: `${index}.json`,
  sourceId: null,
  status: index % 10 === 0 ? 'unread' : 'read',
  recognisedAs: 'records',
  sizeBytes: 1,
  events: 1,
  duplicates: 0,
  problems: [],
  problemCount: index % 10 === 0 ? 1 : 0,
});

const all = Array.from({ length: 100_000 }, (_, index) => file(index));

function answer({ which, search, start, count }: FilesRequest): FilesPage {
  const fitting = all.filter(
    ({ status, problemCount, path }) =>
      (which === 'all' || which === status || (which === 'troubled' && problemCount > 0)) && path.includes(search),
  );
  return { total: fitting.length, start, files: fitting.slice(start, start + count) };
}

function makeFiles(answers: (request: FilesRequest) => FilesPage | Promise<FilesPage> = answer) {
  const host = createFakeHost({ 'archive.files': answers });
  return { host, files: new ImportFiles(host) };
}

describe('the files of an import', () => {
  it('are asked for by the page in view, and the first page once', async () => {
    const { host, files } = makeFiles();
    await files.choose({ which: 'all' });
    await waitFor(() => expect(files.fileAt(0)?.path).toBe('0.json'));
    files.view(90_000, 90_030);
    await waitFor(() => expect(files.fileAt(90_010)?.path).toBe('90010.json'));
    const starts = host.requests('archive.files').map(({ start }) => start);
    expect([files.count, starts.filter((start) => start === 0)]).toEqual([100_000, [0]]);
    expect(host.calls.length).toBeLessThan(8);
  });

  it('are chosen by what became of them and by their path', async () => {
    const { files } = makeFiles();
    await files.choose({ which: 'unread' });
    const unread = files.count;
    await files.choose({ search: '99990' });
    await waitFor(() => expect(files.fileAt(0)?.path).toBe('99990.json'));
    expect([unread, files.count, files.current]).toEqual([10_000, 1, 0]);
    await files.choose({ which: 'ignored' });
    expect([files.count, files.current, files.fileAt(0)]).toEqual([0, null, undefined]);
  });

  it('are those of the newest choice, however late an older answer comes', async () => {
    let release: () => void = () => undefined;
    const { files } = makeFiles(async (request) => {
      if (request.search === '1') await new Promise<void>((resolve) => (release = resolve));
      return answer(request);
    });
    const older = files.choose({ search: '1' });
    const newer = files.choose({ search: '77777' });
    release();
    await Promise.all([older, newer]);
    expect([files.count, files.search, files.isBusy]).toEqual([1, '77777', false]);
  });

  it('say why they cannot be listed, until they can', async () => {
    let isGone = true;
    const { files } = makeFiles((request) => {
      if (isGone) throw new AppError('nothing-open', 'no archive is open');
      return answer(request);
    });
    await files.choose({ which: 'all' });
    const problem = files.problem?.message;
    isGone = false;
    await files.choose({});
    expect([problem, files.problem, files.count]).toEqual(['no archive is open', null, 100_000]);
  });
});
