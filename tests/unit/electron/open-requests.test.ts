import { expect, it, vi } from 'vitest';
import { createOpenRequests } from '../../../electron/open-requests';
import { archiveStatus } from '../../helpers/stub-engine';

function start(state: 'empty' | 'importing' | 'ready', answer: number) {
  const steps: string[] = [];
  const requests = createOpenRequests({
    status: () => Promise.resolve(archiveStatus({ state, name: 'case' })),
    open: (paths) => Promise.resolve(steps.push(`open ${paths.join(' ')}`)),
    add: (paths) => Promise.resolve(steps.push(`add ${paths.join(' ')}`)),
    ask: ({ message, detail }) => {
      steps.push(`${message} ${detail ?? ''}`);
      return Promise.resolve(answer);
    },
  });
  return { requests, steps };
}

it('takes paths that come one after another as one request, each once', async () => {
  const { requests, steps } = start('empty', 0);
  await Promise.all(['/a', '/b', '/a'].map((path) => requests.request([path])));
  expect(steps).toEqual(['open /a /b']);
  await requests.request(['/c']);
  expect(steps.at(-1)).toBe('open /c');
});

it('asks where something is open or being read, and does what the answer says', async () => {
  const outcomes = await Promise.all(
    [0, 1, 2].map(async (answer) => {
      const { requests, steps } = start('ready', answer);
      await requests.request(['/logs/new']);
      return steps;
    }),
  );
  const question = 'Add new to what is open? case is open.';
  expect(outcomes).toEqual([[question, 'add /logs/new'], [question, 'open /logs/new'], [question]]);

  const { requests, steps } = start('importing', 2);
  await requests.request(['/logs/new', '/logs/other']);
  expect(steps).toEqual([
    'Add new and 1 more to what is open? case is being read. Opening something else instead stops that.',
  ]);
});

it('goes on after a path that was not found', async () => {
  const open = vi.fn().mockRejectedValueOnce(new Error('/nowhere does not exist')).mockResolvedValue(null);
  const status = () => Promise.resolve(archiveStatus({ state: 'empty' }));
  const requests = createOpenRequests({ status, open, add: vi.fn(), ask: vi.fn() });
  await expect(requests.request(['/nowhere'])).rejects.toThrow('/nowhere does not exist');
  await requests.request(['/there']);
  expect(open).toHaveBeenLastCalledWith(['/there']);
});
