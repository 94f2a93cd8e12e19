/** To Electron a file named `x.asar` is an archive of programs; to Trailglass a name means nothing. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { event, writeArchive } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

const names = ['x.asar', 'folder.asar/a.json', 'folder.asar/inner.ASAR'];

function records(name: string): object {
  return {
    Records: ['GetObject', 'PutObject'].map((eventName) => event({ eventName, eventID: `${name} ${eventName}` })),
  };
}

test('files and folders whose names end in .asar are read as what they are, found in a folder or opened by themselves', async ({
  app,
}) => {
  const logs = await writeArchive(
    join(app.folder, 'logs'),
    Object.fromEntries(names.map((name) => [name, records(name)])),
  );
  const window = await app.open(logs);
  expect(await window.found()).toEqual({ matched: 6, total: 6 });
  for (const [path, total] of [
    ['x.asar', 2],
    ['folder.asar', 4],
    ['folder.asar/inner.ASAR', 2],
  ] as const) {
    const alone = await app.open(join(logs, path));
    expect([path, await alone.found()]).toEqual([path, { matched: total, total }]);
    expect([path, (await queryByCli(join(logs, path), '*')).total]).toEqual([path, total]);
  }
  // Reread from its place.
  await app.window.page.getByRole('row').filter({ hasText: 'PutObject' }).first().click();
  await expect(app.window.page.getByText('inner.ASAR').first()).toBeVisible();
});

test('settings in a folder below one named .asar are kept from evidence as anywhere', async ({ app }) => {
  const logs = await writeArchive(join(app.folder, 'case.asar'), { 'a.json': records('a') });
  app.config = join(logs, 'config');
  await mkdir(app.config);
  const window = await app.open(logs);
  expect((await window.found()).total).toBe(2);
  await app.page.keyboard.press('t');
  await expect(app.page.getByText(/lies within the opened evidence/).first()).toBeVisible();
  app.expectComplaints(/(?:was|were) not stored: .* lies within the opened evidence/);
});
