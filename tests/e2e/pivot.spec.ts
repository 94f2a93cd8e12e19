/** Going on from what one event holds. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test.beforeEach(async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:s3 event:PutBucketPolicy');
  await window.events.row(0).click();
  await expect(window.detail.sentence).toContainText('PutBucketPolicy');
});

test('a value is filtered in, with all that has it', async ({ app }) => {
  const { window } = app;
  const leaf = window.detail.leaf('bucketName');
  const bucket = await window.detail.valueOf(leaf);
  await window.search('');
  await window.detail.act('Only events with this value', leaf);
  await window.idle();
  await expect(window.query).toHaveValue(`requestParameters.bucketName:${bucket}`);
  const answer = await queryByCli(sharedArchives().synthetic, `requestParameters.bucketName:${bucket}`);
  expect(await window.found()).toEqual({ matched: answer.matched, total: answer.total });
  expect(answer.matched).toBeGreaterThan(1);
  // What was read is still read, and where it stands in the list is shown.
  await expect(window.detail.sentence).toContainText('PutBucketPolicy');
  await expect(window.events.current).toContainText('PutBucketPolicy');
});

test('a value is filtered out, and only what has it goes', async ({ app }) => {
  const { window } = app;
  const before = await window.found();
  const leaf = window.detail.leaf('sourceIPAddress');
  const address = await window.detail.valueOf(leaf);
  const answer = await queryByCli(
    sharedArchives().synthetic,
    `service:s3 event:PutBucketPolicy sourceIPAddress:${address}`,
  );
  await window.detail.act('Only events without this value', leaf);
  await window.idle();
  await expect(window.query).toHaveValue(`service:s3 event:PutBucketPolicy -sourceIPAddress:${address}`);
  expect((await window.found()).matched).toBe(before.matched - answer.matched);
});

test('any path becomes a column', async ({ app }) => {
  const { window, page } = app;
  await window.detail.act('Add as a column', window.detail.leaf('bucketName'));
  await expect(window.events.header('requestParameters.bucketName')).toBeInViewport();
  await window.idle();
  const cell = await window.events.cell(0, 'requestParameters.bucketName');
  const bucket = await window.detail.valueOf(window.detail.leaf('bucketName'));
  await expect(cell).toHaveText(bucket);

  await window.search('service:sts');
  await expect(await window.events.cell(0, 'requestParameters.bucketName')).toHaveText('–');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Remove requestParameters.bucketName' }).click();
  expect(await window.events.columnNames()).not.toContain('requestParameters.bucketName');
});

test('any path becomes a facet', async ({ app }) => {
  const { window } = app;
  await window.detail.act('Add as a facet', window.detail.leaf('bucketName'));
  await window.idle();
  const facet = window.facet('requestParameters.bucketName');
  const bucket = await window.detail.valueOf(window.detail.leaf('bucketName'));
  await facet.value(bucket).click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:s3 event:PutBucketPolicy requestParameters.bucketName:${bucket}`);
});

test('the words of the sentence filter too', async ({ app }) => {
  const { window } = app;
  const place = window.detail.sentence.getByRole('button', { name: /^[a-z]+-[a-z]+-\d$/ });
  const region = await place.innerText();
  await place.click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:s3 event:PutBucketPolicy region:${region}`);
});

test('columns are chosen, ordered, sized and put back', async ({ app }) => {
  const { window, page } = app;
  const atFirst = await window.events.columnNames();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Move Target left' }).click();
  await page.getByRole('button', { name: 'Remove Result' }).click();
  await page.getByRole('button', { name: 'Add a column…' }).click();
  await window.dialog('Add a column').getByRole('combobox').fill('access key');
  await page.keyboard.press('Enter');
  await window.idle();
  expect(await window.events.columnNames()).toEqual([
    'Time UTC',
    'Service',
    'Event',
    'Target',
    'Identity',
    'Source address',
    'Access key',
  ]);
  await expect(await window.events.cell(0, 'Access key')).toHaveText(/^(AKIA|ASIA)/);

  const width = async (): Promise<number> => (await window.events.header('Service').boundingBox())?.width ?? 0;
  const narrow = await width();
  await window.events.header('Service').focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowRight');
  expect(await width()).toBeGreaterThan(narrow);

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await window.events.columnNames()).toEqual(atFirst);
});
