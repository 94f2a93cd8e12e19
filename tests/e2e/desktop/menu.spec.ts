/** The menus of the desktop app, and what the system is told: recent archives, the theme. */
import { expect, test, type App } from '../fixtures';

/** Presses an item by its way through the menus. */
async function press(app: App, ...way: readonly string[]): Promise<void> {
  await app.desktop.evaluate(({ Menu }, labels) => {
    let items = Menu.getApplicationMenu()?.items ?? [];
    for (const [depth, label] of labels.entries()) {
      const item = items.find((each) => each.label === label);
      if (item === undefined) throw new Error(`the menu has no ${label}`);
      if (depth === labels.length - 1) item.click();
      else items = item.submenu?.items ?? [];
    }
  }, way as string[]);
}

function recentLabels(app: App): Promise<readonly string[]> {
  return app.desktop.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
    const recent = file?.submenu?.items.find(({ label }) => label === 'Open Recent');
    return recent?.submenu?.items.filter(({ type }) => type !== 'separator').map(({ label }) => label) ?? [];
  });
}

test('Help, Licences, About and the diagnostics are in the Help menu; what is copied is what is shown', async ({
  app,
}) => {
  const window = await app.open(await app.archive('a secret case', 'GetObject'));
  for (const [label, title] of [
    ['Trailglass Help', 'Help'],
    ['Licences', 'Licences'],
    ['About Trailglass', 'About Trailglass'],
  ] as const) {
    await press(app, '&Help', label);
    await expect(window.dialog(title)).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expect(window.dialog(title)).toBeHidden();
  }
  await press(app, '&Help', 'Copy Diagnostics…');
  const text = await window.dialog('Copy diagnostics').getByRole('region', { name: 'Diagnostics' }).innerText();
  expect(text).toMatch(/^Trailglass \d[^]*electron host\nOpen: ready, 1 source, 1 event,/);
  expect(text).toMatch(/sandbox: on; graphics: [^]* import-ended sources=1 events=1/);
  for (const secret of ['a secret case', app.folder, 'GetObject']) expect(text).not.toContain(secret);
  await window.dialog('Copy diagnostics').getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(app.page.getByText('Diagnostics copied')).toBeVisible();
  expect(await app.copied()).toBe(text);
});

test('recent archives are in the File menu; opening one asks where something is open, clearing them clears the window', async ({
  app,
}) => {
  await app.start();
  expect(await recentLabels(app)).toEqual(['No Recent Archives']);
  await app.drop(await app.archive('first', 'GetObject'));
  await app.window.imported();
  await expect.poll(() => recentLabels(app)).toEqual(['first', 'Clear Recent']);
  await app.answerWith('Cancel');
  await press(app, '&File', 'Open Recent', 'first');
  await expect.poll(() => app.dialogs()).toEqual(['Add first to what is open?']);

  await app.start();
  await expect(app.page.getByRole('button', { name: /^first/ })).toBeVisible();
  await press(app, '&File', 'Open Recent', 'Clear Recent');
  await expect.poll(() => recentLabels(app)).toEqual(['No Recent Archives']);
  await expect(app.page.getByRole('button', { name: /^first/ })).toBeHidden();
});

test("the system's theme follows the app's, and stays so at the next start", async ({ app }) => {
  await app.start();
  const source = (): Promise<string> => app.desktop.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  expect(await source()).toBe('system');
  await app.page.keyboard.press('t');
  await expect.poll(source).toBe('light');
  await app.idle();
  await app.start();
  expect(await source()).toBe('light');
});
