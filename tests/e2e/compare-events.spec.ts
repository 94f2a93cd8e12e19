/** Seeing exactly what changed between two calls. */
import { join } from 'node:path';
import { axe } from './axe';
import type { AppWindow } from './app-window';
import { writeArchive } from './archives';
import { at, comparedEvents, largeEvents } from './compared-events';
import { Comparison } from './comparison';
import { expect, test, type App } from './fixtures';

interface Opened {
  readonly window: AppWindow;
  readonly comparison: Comparison;
}

async function openCalls(app: App): Promise<Opened> {
  const folder = join(app.folder, 'logs');
  await writeArchive(folder, { 'calls.json': { Records: [...comparedEvents, ...largeEvents] } });
  const window = await app.open(folder);
  return { window, comparison: new Comparison(app.page) };
}

/** Marks by the pin at the head of the rows, and compares. */
async function compare({ window }: Opened, ...indexes: readonly number[]): Promise<void> {
  for (const index of indexes) await window.events.row(index).getByRole('gridcell').first().click();
  await window.status.getByRole('button', { name: 'Compare' }).click();
  await window.idle();
}

test('two marked events stand side by side, by the keyboard alone', async ({ app }) => {
  const { window, comparison } = await openCalls(app);
  const { keyboard } = app.page;
  await window.events.grid.focus();
  await keyboard.press('Home');
  await keyboard.press('j');
  await keyboard.press('Space');
  await keyboard.press('j');
  await keyboard.press('j');
  await keyboard.press('d');
  await window.idle();

  await expect(comparison.table).toBeFocused();
  await expect(comparison.head('left')).toContainText('2024-05-06 07:01:00 UTC');
  await expect(comparison.head('right')).toContainText('2024-05-06 07:03:00 UTC');
  await expect(comparison.table.getByRole('columnheader').first()).toContainText('2 minutes later');

  // The first change is under the cursor; the policy's own words say what it means.
  await expect(comparison.path).toContainText('Statement[Sid=Read].Principal');
  await expect(comparison.table).toContainText('everyone');
  const changed = comparison.current;
  expect(await comparison.side(changed, 'right')).toContain('*');

  await keyboard.press('c');
  expect(await app.copied()).toBe(await comparison.path.innerText());

  await keyboard.press('Escape');
  await expect(comparison.section).toBeHidden();
  await expect(window.events.grid).toBeFocused();
  await expect(window.events.current).toContainText('07:03:00');
});

test('marks and buttons do the same with the mouse', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerFirst, at.ledgerSecond);
  const action = comparison.line(/only on.*"s3:ListBucket"/);
  await expect(action).toContainText('only on the right');
  await expect(comparison.line('now allows s3:ListBucket')).toContainText('wider');

  await comparison.button(/^Swap/).click();
  await window.idle();
  await expect(comparison.head('left')).toContainText('07:01:00');
  await expect(action).toContainText('only on the left');
  await expect(comparison.line('no longer allows s3:ListBucket')).toContainText('narrower');

  await comparison.button('Back to the events').click();
  await expect(comparison.section).toBeHidden();
});

test('the previous same call is the one on the same resource, and the app says which that is', async ({ app }) => {
  const { window, comparison } = await openCalls(app);
  await window.events.row(at.ledgerThird).click();
  await window.idle();
  await window.detail.section.getByRole('button', { name: 'Compare with the previous same call' }).click();
  await window.idle();
  // Not the call before, which was on another bucket.
  await expect(comparison.head('left')).toContainText('07:01:00');
  await expect(comparison.head('right')).toContainText('07:03:00');
  await expect(comparison.section.getByRole('status').first()).toContainText('ledger');

  // One further back, beside the same pinned event; then there is none left, and the app says so.
  await app.page.keyboard.press('ArrowLeft');
  await window.idle();
  await expect(comparison.head('left')).toContainText('07:00:00');
  await expect(comparison.head('right')).toContainText('07:03:00');
  await expect(comparison.head('right')).toContainText('pinned');
});

test('where there is no same call, the app says that', async ({ app }) => {
  const { window, comparison } = await openCalls(app);
  await window.events.row(at.alone).click();
  await window.idle();
  await app.page.keyboard.press('<');
  await window.idle();
  await expect(comparison.section).toBeHidden();
  await expect(window.detail.section.getByRole('status')).toContainText('DeleteTrail');
});

test('several marked events are stepped through beside the first', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerThird, at.ledgerFirst, at.ledgerSecond);
  await expect(comparison.toolbar).toContainText('event 1 of 2');
  await expect(comparison.head('left')).toContainText('07:03:00');
  await expect(comparison.head('right')).toContainText('07:00:00');
  await app.page.keyboard.press('ArrowRight');
  await window.idle();
  await expect(comparison.toolbar).toContainText('event 2 of 2');
  await expect(comparison.head('left')).toContainText('07:03:00');
  await expect(comparison.head('right')).toContainText('07:01:00');
});

test('address ranges are a set: their order changes nothing, a new one stands out', async ({ app }) => {
  const opened = await openCalls(app);
  const { comparison } = opened;
  await compare(opened, at.ingressFirst, at.ingressSecond);
  await expect(comparison.value('cidrIp').filter({ hasText: '0.0.0.0/0' })).toContainText('only on the right');
  await expect(comparison.line('192.0.2.0/24').filter({ hasText: /only on|changed:/ })).toHaveCount(0);
  // The dry run answered nothing.
  await expect(comparison.line('no responseElements on the left: null')).toBeVisible();
});

test('equal values are folded, and open by a click or Enter', async ({ app }) => {
  const opened = await openCalls(app);
  const { comparison } = opened;
  await compare(opened, at.ledgerFirst, at.ledgerSecond);
  const fold = comparison.line(/^\s*\d+ equal/).first();
  const values = comparison.value('bucketName');
  await expect(values).toHaveCount(0);
  await fold.getByRole('gridcell').click();
  await expect(values).toHaveCount(1);
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await app.page.keyboard.press('Enter');
  await expect(values).toHaveCount(0);
});

test('the rest of the record, and what always differs, come on demand', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerSecond, at.ledgerThird);
  await expect(comparison.value('sourceIPAddress')).toHaveCount(0);
  await expect(comparison.line('Rest of the record')).toContainText('1 change');
  await app.page.keyboard.press('r');
  await expect(comparison.value('sourceIPAddress')).toContainText('203.0.113.66');
  await expect(comparison.value('eventID')).toHaveCount(0);
  await expect(comparison.button(/Identifiers and times/)).toContainText(/\d hidden/);
  await app.page.keyboard.press('h');
  await window.idle();
  await expect(comparison.value('eventID')).toHaveCount(1);
});

test('what AWS replaced or left out is never shown as equal', async ({ app }) => {
  const opened = await openCalls(app);
  const { comparison } = opened;
  await compare(opened, at.serviceFirst, at.serviceSecond);
  await expect(comparison.value('startCommand')).toContainText('redacted by AWS: cannot be compared');
  await expect(comparison.table).toContainText('responseElements too large');
  await expect(comparison.table).toContainText('Left out by AWS');
  await expect(comparison.value('cpu')).toContainText('2048');
});

test('the comparison can be copied as text', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerSecond, at.ledgerThird);
  await comparison.copyAs('JSON Patch');
  await window.idle();
  const patch = JSON.parse(await app.copied()) as readonly { readonly op: string; readonly path: string }[];
  expect(patch.some(({ path }) => path.startsWith('/requestParameters/bucketPolicy/'))).toBe(true);
  await comparison.copyAs('Unified text');
  await window.idle();
  expect(await app.copied()).toMatch(/^\+.*Principal.*"\*"/m);
  await comparison.copyAs('Markdown');
  await window.idle();
  expect(await app.copied()).toContain('PutBucketPolicy');
});

test('five thousand changes are walked through without waiting', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  const { keyboard } = app.page;
  await window.search('event:PutRecords');
  await compare(opened, 0, 1);
  await expect(comparison.toolbar).toContainText('5,000');
  // Only what is near the view is there.
  expect(await comparison.table.getByRole('row').count()).toBeLessThan(1_000);
  await keyboard.press('p');
  await expect(comparison.toolbar).toContainText('change 5,000 of 5,000');
  await expect(comparison.current).toBeInViewport();
  await keyboard.press('n');
  await expect(comparison.toolbar).toContainText('change 1 of 5,000');
  await expect(comparison.current).toBeInViewport();
  await keyboard.press('End');
  await expect(comparison.current).toBeInViewport();
});

test('the query stays in reach, and Escape leads back step by step', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerFirst, at.ledgerSecond);
  await app.page.keyboard.press('/');
  await expect(window.query).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(comparison.table).toBeFocused();
  await app.page.keyboard.press('F6');
  await expect(window.status.getByRole('button').first()).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(comparison.section).toBeHidden();
});

test('a new query is answered in the list, and keeps the keyboard', async ({ app }) => {
  const opened = await openCalls(app);
  const { window, comparison } = opened;
  await compare(opened, at.ledgerFirst, at.ledgerSecond);
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('service:ec2');
  await app.page.keyboard.press('Enter');
  await window.idle();
  await expect(comparison.section).toBeHidden();
  expect((await window.found()).matched).toBe(2);
  await expect(window.query).toBeFocused();
});

test('accessible, in light and dark', async ({ app }) => {
  const opened = await openCalls(app);
  await compare(opened, at.ledgerSecond, at.ledgerThird);
  await app.page.keyboard.press('r');
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme });
    await opened.window.idle();
    const { violations } = await axe(app.page).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  }
});
