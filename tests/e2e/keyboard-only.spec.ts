/** A whole investigation without a mouse: the break-in of the synthetic archive, found by keys alone. */
import { sharedArchives } from './archives';
import { expect, test, type App } from './fixtures';

/** Opens the archive by its path. */
async function openByKeys(app: App): Promise<void> {
  const { keyboard } = app.page;
  if (app.host === 'electron') {
    // The dialog is the system's.
    await app.choose(sharedArchives().synthetic);
    return keyboard.press('o');
  }
  await keyboard.press('o');
  const picker = app.window.dialog('Open folder or files');
  await expect(picker.getByRole('option').first()).toBeHidden();
  const path = picker.getByRole('textbox', { name: 'Path' });
  while (!(await path.evaluate((input) => input === document.activeElement))) await keyboard.press('Shift+Tab');
  await keyboard.press('Control+a');
  await keyboard.type(sharedArchives().synthetic);
  await keyboard.press('Enter');
  await expect(picker.getByRole('option').first()).toHaveText(/AWSLogs/);
  const open = picker.getByRole('button', { name: 'Open this folder' });
  while (!(await open.evaluate((button) => button === document.activeElement))) await keyboard.press('Tab');
  await keyboard.press('Enter');
}

/** Who stopped the trail? With a completion taken by Tab. */
async function whoStoppedTheTrail(app: App): Promise<void> {
  const { page, window } = app;
  const { keyboard } = app.page;
  await keyboard.press('/');
  await expect(window.query).toBeFocused();
  await keyboard.type('event:DeleteTr');
  await expect(page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first()).toContainText(
    'DeleteTrail',
  );
  await keyboard.press('Tab');
  await keyboard.type('result:Success');
  await keyboard.press('Enter');
  await window.idle();
  expect((await window.found()).matched).toBe(1);
}

/** Into the list, and from there to the record. */
async function intoTheRecord(app: App): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  await keyboard.press('Escape');
  await expect(window.query).not.toBeFocused();
  await expect(window.events.grid).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(window.detail.sentence).toContainText('DeleteTrail');
  await keyboard.press('Enter');
  await expect(window.detail.tree.getByRole('treeitem').first()).toBeFocused();
}

/** The address the call came from becomes the filter. */
async function filterByAddress(app: App): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  const address = window.detail.leaf('sourceIPAddress');
  while (!(await address.evaluate((item) => item === document.activeElement))) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(address.getByRole('button', { name: /^Only events with this value/ })).toBeFocused();
  await keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('event:DeleteTrail result:Success sourceIPAddress:203.0.113.66');
}

/** The other filters go; what is left is all that address did. Escape goes back one step at a time. */
async function onlyTheAddress(app: App): Promise<number> {
  const { window } = app;
  const { keyboard } = app.page;
  await keyboard.press('Escape');
  await expect(window.detail.leaf('sourceIPAddress')).toBeFocused();
  await keyboard.press('Escape');
  await expect(window.events.grid).toBeFocused();
  await keyboard.press('/');
  await keyboard.press('Control+a');
  await keyboard.type('sourceIPAddress:203.0.113.66');
  await keyboard.press('Escape');
  await keyboard.press('Enter');
  await window.idle();
  const { matched } = await window.found();
  expect(matched).toBeGreaterThan(100);
  return matched;
}

/** Round the regions of the window, to the facets: the calls that were refused are filtered out. */
async function refusedCallsOut(app: App, before: number): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  await window.query.press('Escape');
  await keyboard.press('F6');
  await keyboard.press('F6');
  await keyboard.press('Shift+F6');
  await expect(window.detail.section.locator(':focus')).toHaveCount(1);
  await keyboard.press('Shift+F6');
  await keyboard.press('Shift+F6');
  await expect(window.facets.locator(':focus')).toHaveCount(1);
  const denied = window.facet('Result').value('AccessDenied');
  while (!(await denied.evaluate((button) => button === document.activeElement))) {
    const isInResult = await window.facet('Result').section.locator('li :focus').count();
    await keyboard.press(isInResult > 0 ? 'ArrowDown' : 'Tab');
  }
  await keyboard.press('x');
  await window.idle();
  await expect(window.query).toHaveValue('sourceIPAddress:203.0.113.66 -result:AccessDenied');
  expect((await window.found()).matched).toBeLessThan(before);
}

/** A narrower time, from the timeline. */
async function narrowerTime(app: App): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  await keyboard.press('Shift+F6');
  await expect(window.timeline.start).toBeFocused();
  await keyboard.press('ArrowRight');
  await window.idle();
  await expect(window.query).toHaveValue(/ time>=2024-03-04T\d\d:\d\d:\d\dZ time</);
}

/** Through the events: marked, read raw, copied. */
async function markAndCopy(app: App): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  await keyboard.press('F6');
  await keyboard.press('F6');
  await expect(window.events.grid).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Space');
  await keyboard.press('g');
  await keyboard.press('j');
  await keyboard.press('Space');
  await expect(window.status).toContainText('2 marked');
  await keyboard.press('r');
  await expect(window.detail.raw).toBeVisible();
  await keyboard.press('c');
  await expect.poll(() => app.copied()).toMatch(/^\{"eventVersion".*203\.0\.113\.66.*\}$/s);
}

/** Help is a key away, and gives the keyboard back. */
async function helpAndBack(app: App): Promise<void> {
  const { window } = app;
  const { keyboard } = app.page;
  await keyboard.press('?');
  await expect(window.dialog('Help')).toContainText('The query language');
  await keyboard.press('Escape');
  await expect(window.dialog('Help')).toBeHidden();
  await expect(window.events.grid).toBeFocused();
}

test('from opening the logs to the stolen key', async ({ app }) => {
  await app.start();
  await app.page.evaluate(() => {
    addEventListener('pointerdown', () => reportError(new Error('a pointer was used')));
  });
  await openByKeys(app);
  await app.window.imported();
  await whoStoppedTheTrail(app);
  await intoTheRecord(app);
  await filterByAddress(app);
  await refusedCallsOut(app, await onlyTheAddress(app));
  await narrowerTime(app);
  await markAndCopy(app);
  await helpAndBack(app);
});

test('every key the help names for the list does what it says', async ({ app }) => {
  const { page, grid, current, status } = await app
    .open(sharedArchives().synthetic)
    .then((window) => ({ ...window, grid: window.events.grid, current: window.events.current }));
  const place = async (): Promise<number> => Number(await current.getAttribute('data-index'));
  await grid.focus();
  await page.keyboard.press('j');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('ArrowDown');
  await expect.poll(place).toBe(1);
  await page.keyboard.press('k');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('PageDown');
  await expect.poll(place).toBeGreaterThan(10);
  const screen = await place();
  await page.keyboard.press('PageUp');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('G');
  await expect.poll(place).toBe(19_999);
  await page.keyboard.press('PageUp');
  await expect.poll(place).toBe(19_999 - screen);
  await page.keyboard.press('Home');
  await expect.poll(place).toBe(0);
  await page.keyboard.press('Space');
  await expect(status).toContainText('1 marked');
  await page.keyboard.press('Space');
  await expect(status).not.toContainText('marked');
});

test('Tab reaches every region, and nothing holds the keyboard', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  await window.events.row(0).click();
  await window.idle();
  const reached = new Set<string>();
  await window.query.focus();
  for (let press = 0; press < 120; press++) {
    await app.page.keyboard.press('Tab');
    const region = await app.page.evaluate(
      () => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? 'none',
    );
    reached.add(region);
    if (region === 'status') break;
  }
  expect([...reached].sort()).toEqual(['detail', 'events', 'facets', 'none', 'query', 'status', 'timeline']);
});
