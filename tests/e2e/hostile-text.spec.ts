/**
 * Whoever is investigated chose the names in a log. Wherever the window shows one, as text or in an attribute, what is invisible is
 * written out and what passes for other letters is marked.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeZip } from '../helpers/make-zip';
import type { AppWindow } from './app-window';
import { event, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';

/** A Cyrillic letter in a Latin word. */
const passing = '\u0430dmin';

/** A value of every kind of trick: turned round, with nothing between its letters, not the letters it seems to have. */
const bad = (name: string): string => `${name}\u202e\u200b${passing}\ufe0f`;

const key = bad('key');

const call = (minute: number, more: object): object =>
  event({
    eventTime: `2024-05-06T07:0${String(minute)}:00Z`,
    eventID: `hostile-${String(minute)}`,
    eventName: bad('Put'),
    eventSource: `${bad('svc')}.amazonaws.com`,
    awsRegion: bad('eu-'),
    sourceIPAddress: bad('198.51.100.'),
    userAgent: bad('agent'),
    errorCode: bad('Denied'),
    errorMessage: bad('message'),
    userIdentity: { type: bad('IAMUser'), userName: bad('alice'), accountId: bad('1111') },
    requestParameters: {
      [key]: bad(`value ${String(minute)}`),
      policyDocument: JSON.stringify({
        Statement: [{ Sid: bad('Sid'), Effect: 'Allow', Action: bad('s3:'), Resource: '*' }],
      }),
    },
    ...more,
  });

async function openHostile(app: App): Promise<AppWindow> {
  const records = (...all: readonly object[]): string => JSON.stringify({ Records: all });
  const folder = join(app.folder, bad('case'));
  await writeArchive(folder, {
    [`${bad('a')}.json`]: records(call(1, {}), call(2, { requestParameters: { [key]: bad('other'), more: 'x ' } })),
    [`${bad('b')}.json`]: records(call(3, {}), call(3, { userAgent: bad('second') })),
    [`${bad('broken')}.json`]: `{"Records":[${JSON.stringify(call(4, {}))},{"eventName":${bad('oops')}}]}`,
    [`${bad('c')}.zip`]: makeZip([{ name: `${bad('member')}.json`, bytes: Buffer.from(records(call(5, {}))) }]),
  });
  return app.open(folder);
}

/** All texts and attributes of the page in which something could mislead. What is typed is shown as it is typed. */
async function misleading(page: Page): Promise<readonly string[]> {
  return page.evaluate((unmarked) => {
    const invisible = /(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
    const isBad = (text: string): boolean =>
      invisible.test(text) || new RegExp(`(?<!⟨Cyrillic: )${unmarked}`, 'u').test(text);
    const found: string[] = [];
    const tell = (place: string, text: string): void => {
      const seen = text.replace(/[^ -~]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
      found.push(`${place}: ${seen.slice(0, 200)}`);
    };
    if (isBad(document.title)) tell('title', document.title);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (parent?.closest('script, style, .paint') !== null) continue;
      if (isBad(node.textContent ?? '')) tell(`text of ${parent.outerHTML.slice(0, 60)}`, node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt']) {
        const value = element.getAttribute(name);
        if (value !== null && isBad(value)) tell(`${name} of ${element.tagName}`, value);
      }
    }
    return found;
  }, passing);
}

async function expectSafe(window: AppWindow): Promise<void> {
  await window.idle();
  expect(await misleading(window.page)).toEqual([]);
}

test('the list, the facets, the title and the detail', async ({ app }) => {
  const window = await openHostile(app);
  expect(await app.page.title()).toContain('case⟨U+202E⟩⟨U+200B⟩⟨Cyrillic: \u0430⟩dmin⟨U+FE0F⟩');
  await expectSafe(window);

  await window.events.row(0).click();
  await expectSafe(window);
  const framed = window.events.row(0).locator('.odd').first();
  await expect(framed).toHaveText('\u0430');
  await expect(framed).toHaveAttribute('title', /^\u0430: U\+0430\. Cyrillic in a word of another script/);
  expect(await framed.evaluate((element) => getComputedStyle(element, '::after').content)).toBe('"Cyrillic"');

  await window.detail.tab('Raw').click();
  await expectSafe(window);
  await window.detail.section.getByRole('button', { name: 'As written' }).click();
  await expectSafe(window);
});

test('what a value offers, the messages about it, columns, facets and filters made of it', async ({ app }) => {
  const window = await openHostile(app);
  const { page } = app;
  await window.events.row(0).click();
  const leaf = window.detail.tree.getByRole('treeitem').filter({ hasText: 'value 1' }).first();

  await window.detail.act('Add as a column', leaf);
  await expect(page.getByRole('status').filter({ hasText: 'Column' })).toContainText('key⟨U+202E⟩');
  await expectSafe(window);
  await window.detail.act('Add as a facet', leaf);
  await expectSafe(window);
  await window.facets
    .getByRole('button', { name: /^Search in requestParameters/ })
    .last()
    .click();
  await expectSafe(window);
  await page.getByRole('button', { name: 'Columns' }).click();
  await expectSafe(window);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add facet' }).click();
  await expectSafe(window);
  await page.keyboard.press('Escape');

  await window.detail.act('Copy the value', leaf);
  expect(await app.copied()).toBe(bad('value 1'));
  await window.detail.act('Only events with this value', leaf);
  await expectSafe(window);
  await window.search(`event:"${bad('Put')}" ${bad('nowhere')}`);
  await expectSafe(window);
  await window.search(`event:"${bad('Put')}" )${bad('x')}`);
  await expectSafe(window);
  await window.query.fill('identity:al');
  await expect(page.locator('#completions')).toBeVisible();
  await expectSafe(window);
});

test('related events and a comparison, also as text', async ({ app }) => {
  const window = await openHostile(app);
  const { page } = app;
  await window.search('hostile-3');
  await window.events.row(0).click();
  await expectSafe(window);
  await window.search('');
  for (const index of [0, 1]) await window.events.row(index).getByRole('gridcell').first().click();
  await window.status.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('treegrid', { name: 'Differences' })).toBeVisible();
  await expectSafe(window);
  await page.getByRole('button', { name: 'Rest of the record' }).click();
  await expectSafe(window);
  for (const format of ['Markdown', 'Unified text', 'JSON Patch']) {
    await page.getByRole('toolbar', { name: 'Comparison' }).locator('button[aria-haspopup="menu"]').click();
    await page.getByRole('menuitem', { name: format }).click();
    await window.idle();
    const text = await app.copied();
    expect(text).toMatch(format === 'JSON Patch' ? /\\u202e/ : /⟨U\+202E⟩/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  }
});

test('the import report, on screen and as text, and the list of recent archives', async ({ app }) => {
  const window = await openHostile(app);
  const { page } = app;
  await page.keyboard.press('i');
  await expect(window.report.dialog).toBeVisible();
  await expectSafe(window);
  await window.report.files.getByRole('row').filter({ hasText: 'broken' }).click();
  await expect(window.report.about).toContainText('oops⟨U+202E⟩');
  await expectSafe(window);
  await window.report.dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await window.idle();
  expect(await app.copied()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  await page.keyboard.press('Escape');
  await window.sources.opener.click();
  await expectSafe(window);
  await page.getByRole('menuitem', { name: 'Close the archive' }).click();
  await expect(page.getByRole('heading', { name: 'Recent' })).toBeVisible();
  await expectSafe(window);
});
