/** Every way by which the system hands evidence to the desktop app. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startAgain } from '../electron';
import { expect, test, type App } from '../fixtures';

async function clickMenu(app: App, label: string): Promise<void> {
  await app.desktop.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    const item = items.find((each) => each.label === wanted);
    if (item === undefined) throw new Error(`the menu has no ${wanted}`);
    item.click();
  }, label);
}

test('File > Open Folder opens what the system dialog gives, and a dialog that was closed changes nothing', async ({
  app,
}) => {
  await app.start();
  await app.choose();
  await clickMenu(app, 'Open Folder…');
  await expect(app.page).toHaveTitle('Trailglass');
  await app.choose(await app.archive('logs', 'GetObject', 'PutObject'));
  await clickMenu(app, 'Open Folder…');
  await expect(app.page).toHaveTitle('logs – Trailglass');
  await app.window.imported();
  expect(await app.window.found()).toEqual({ matched: 2, total: 2 });

  await app.choose(await app.archive('more', 'CopyObject'));
  await clickMenu(app, 'Add Files to the Open Archive…');
  await expect(app.page).toHaveTitle(/logs and 1 more/);
  await app.window.imported();
  expect(await app.window.found()).toEqual({ matched: 3, total: 3 });
});

test('a folder dropped on the window opens by its path', async ({ app }) => {
  const folder = await app.archive('logs', 'GetObject', 'PutObject');
  await app.start();
  await app.drop(folder);
  await expect(app.page).toHaveTitle('logs – Trailglass');
  await app.window.imported();
  expect(await app.window.found()).toEqual({ matched: 2, total: 2 });
});

test('paths on the command line may be file addresses, and after -- may begin with a dash', async ({ app }) => {
  const folder = await app.archive('a folder', 'GetObject');
  const dashed = await app.archive('-dashed', 'PutObject', 'CopyObject');
  await app.open(pathToFileURL(folder).href, '--', dashed);
  expect(await app.window.found()).toEqual({ matched: 3, total: 3 });
});

test('a path that is not there is said in a dialog', async ({ app }) => {
  await app.start();
  await app.answerWith('');
  await startAgain(app.launchOptions(join(app.folder, 'nowhere')));
  await expect.poll(() => app.dialogs()).toEqual([`Trailglass: ${join(app.folder, 'nowhere')} does not exist`]);
});

test('several files handed over by the system at once are one archive', async ({ app }) => {
  const paths = [
    await app.archive('one', 'GetObject'),
    await app.archive('two', 'PutObject'),
    await app.archive('three', 'CopyObject'),
  ];
  await app.start();
  await app.desktop.evaluate(({ app: main }, all) => {
    for (const path of all) main.emit('open-file', { preventDefault: () => undefined }, path);
  }, paths);
  await expect(app.page).toHaveTitle('one and 2 more – Trailglass');
  await app.window.imported();
  expect(await app.window.found()).toEqual({ matched: 3, total: 3 });
});

test('a second start hands its paths to the first, and asks where something is open', async ({ app }) => {
  const first = await app.archive('first', 'GetObject');
  const second = await app.archive('second', 'PutObject', 'CopyObject');
  await app.start();
  await startAgain(app.launchOptions(first));
  await expect(app.page).toHaveTitle('first – Trailglass');
  await app.window.imported();

  for (const [answer, title, total] of [
    ['Cancel', 'first – Trailglass', 1],
    ['Add to what is open', 'first and 1 more – Trailglass', 3],
    ['Open instead', 'second – Trailglass', 2],
  ] as const) {
    await app.answerWith(answer);
    await startAgain(app.launchOptions(second));
    await expect.poll(() => app.dialogs()).toEqual(['Add second to what is open?']);
    await expect(app.page).toHaveTitle(title);
    await app.window.imported();
    await expect(async () => expect(await app.window.found()).toMatchObject({ total })).toPass();
  }
});

test('a second start without paths brings the window forward', async ({ app }) => {
  await app.start();
  await app.desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize();
  });
  await startAgain(app.launchOptions());
  await expect
    .poll(() => app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(false);
});

test('a folder without logs opened by the system says so in the window', async ({ app }) => {
  await mkdir(join(app.folder, 'empty'));
  await app.start(join(app.folder, 'empty'));
  await expect(app.window.noMatch).toContainText('No events in this archive');
});
