/** The one context menu, on every value that can become a filter: the same actions, by mouse and by keyboard. */
import type { Page } from '@playwright/test';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

const filters = ['Filter in: and this value', 'Filter out: without this value'];

async function offered(page: Page): Promise<readonly string[]> {
  return (await page.getByRole('menu').getByRole('menuitem').locator('.label').allInnerTexts()).map((text) =>
    text.trim(),
  );
}

test('a value of a facet: in, out, only, column, group and copy, by arrows too', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('result:Success');
  const region = window.facet('Region');
  const [first] = await region.values();
  const name = first?.value ?? '';
  await region.value(name).focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: `Region: ${name}` })).toBeVisible();
  expect(await offered(page)).toEqual([
    ...filters,
    'Only this: no other test of Region',
    'Add as a column',
    'Group by Region',
    'Copy the value',
  ]);
  await expect(page.getByRole('menuitem', { name: 'Filter in' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(`result:Success -region:${name}`);
  await window.search('');
  await region.value(name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add as a column' }).click();
  await expect(window.events.header('Region')).toBeVisible();
  await region.value(name).click({ button: 'right' });
  expect(await offered(page)).not.toContain('Add as a column');
  await page.keyboard.press('Escape');
  await expect(region.value(name)).toBeFocused();
});

test('a value of the record: the same, with all events around this one', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:s3 event:PutBucketPolicy');
  await window.events.row(0).click();
  await window.idle();
  const leaf = window.detail.leaf('bucketName');
  const bucket = await window.detail.valueOf(leaf);
  await leaf.click({ button: 'right' });
  await expect(page.getByRole('menu', { name: `requestParameters.bucketName: ${bucket}` })).toBeVisible();
  expect(await offered(page)).toEqual([
    ...filters,
    'Only this: no other test of requestParameters.bucketName',
    'Add as a column',
    'Add as a facet',
    'Group by requestParameters.bucketName',
    'Around this event: all within 5 minutes',
    'Copy the value',
  ]);
  await page.getByRole('menuitem', { name: 'Copy the value' }).click();
  expect(await app.copied()).toBe(bucket);
  await leaf.focus();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('o');
  await page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(`service:s3 event:PutBucketPolicy requestParameters.bucketName:${bucket}`);
  await leaf.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Around/ }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^time>=\S+ time<\S+$/);
});

test('a word of the sentence, a series of the legend, a group: the same three filters', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam');
  await window.events.row(0).click();
  await window.idle();
  const only = /^Only this/;
  const places = [window.detail.sentence.getByRole('button').first(), window.timeline.series('Writes')];
  for (const place of places) {
    await place.click({ button: 'right' });
    expect((await offered(page)).slice(0, 2)).toEqual(filters);
    await expect(page.getByRole('menuitem', { name: only })).toBeEnabled();
    await page.keyboard.press('Escape');
  }
  await window.timeline.series('Writes').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter out' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:iam -class:write');
  await page.getByRole('button', { name: 'Group by Event' }).click();
  await window.idle();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: only }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^service:iam -class:write event:\w+$/);
});

test('a bar of the timeline: this span in, out, alone, with 5 minutes either side, and copied', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam');
  const all = (await window.found()).matched;
  await window.timeline.start.focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'What to do with the span' })).toBeVisible();
  expect(await offered(page)).toEqual([
    'Filter in: and this span',
    'Filter out: without this span',
    'Only this: no other filter',
    'Around this span: all, with 5 minutes either side',
    'Copy the span',
  ]);
  await page.getByRole('menuitem', { name: 'Filter in' }).click();
  await window.idle();
  const within = (await window.found()).matched;
  await expect(window.query).toHaveValue(/^service:iam time>=\S+ time<\S+$/);
  await page.keyboard.press('Alt+ArrowLeft');
  await window.idle();
  await window.timeline.start.focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Filter out' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^service:iam -\(time>=\S+ time<\S+\)$/);
  expect((await window.found()).matched).toBe(all - within);
  await window.search('');
  await window.timeline.rightClick(0.5);
  await page.getByRole('menuitem', { name: 'Copy the span' }).click();
  expect(await app.copied()).toMatch(/^\d{4}-\S+Z\/\d{4}-\S+Z$/);
  await window.timeline.rightClick(0.5);
  await page.getByRole('menuitem', { name: 'Only this: no other filter' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^time>=\S+ time<\S+$/);
});
