/** Typing a query: the results follow, what is offered fits the rest of the query, and each phase of typing is one step to go back by. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test('the results follow the typing, and Enter is not needed', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.query.click();
  await window.query.pressSequentially('service:iam');
  await window.idle();
  const { matched, total } = await window.found();
  expect(matched).toBeGreaterThan(0);
  expect(matched).toBeLessThan(total);
  await expect(window.query).toBeFocused();
  await expect(window.chips).toHaveText(['Service: iam']);

  // An unfinished query leaves what was found; Escape closes what is offered, then takes the text back to what is shown.
  await window.query.pressSequentially(' event:(');
  await window.idle();
  expect((await window.found()).matched).toBe(matched);
  await window.query.press('Escape');
  await expect(window.syntaxError).toContainText('Still shown below: service:iam');
  await window.query.press('Escape');
  await expect(window.query).toHaveValue('service:iam');
  await expect(window.syntaxError).toBeHidden();
  await window.query.press('Escape');
  await expect(window.query).not.toBeFocused();
});

test('what was typed up to Enter is one step of the history', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const options = app.page.getByRole('listbox', { name: 'Completions' });
  await window.query.click();
  for (const part of ['service', ':iam', ' -event:', 'Get*']) {
    await window.query.pressSequentially(part);
    await window.idle();
  }
  await window.query.press('Enter');
  await expect(options).toBeHidden();
  await window.idle();
  await window.query.pressSequentially(' -event:List*');
  await window.idle();
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(window.query).toHaveValue('service:iam -event:Get*');
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(window.query).toHaveValue('');
  await expect(app.page.getByRole('button', { name: 'Back', exact: true })).toBeDisabled();
});

test('a value is offered with how many events have it under the rest of the query', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const options = app.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  await window.query.click();
  await window.query.pressSequentially('service:iam event:');
  await expect(options.first()).toBeVisible();
  await window.idle();
  const name = await options.first().locator('.label').innerText();
  const count = await options.first().locator('.count').innerText();
  await window.query.press('Tab');
  await expect(window.query).toHaveValue(`service:iam event:${name} `);
  await window.idle();
  expect((await window.found()).matched.toLocaleString('en-US')).toBe(count);
});

test('days and spans up to the end of the archive are offered for the time', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const options = app.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  await window.query.click();
  await window.query.pressSequentially('time:');
  await expect(options.filter({ hasText: /^today/ })).toContainText('counted from the last event');
  await expect(options.filter({ hasText: '2024-03-05*' })).toBeVisible();
  await window.query.fill('last 2');
  await options.filter({ hasText: 'last 2h' }).click();
  await window.idle();
  const { matched, total } = await window.found();
  expect(matched).toBeGreaterThan(0);
  expect(matched).toBeLessThan(total);
});

test('earlier queries are offered in the empty bar, also after a reload', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const options = app.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  await window.search('service:kms error:*');
  await window.search('');
  await window.query.press('ArrowDown');
  await expect(options.first()).toContainText('service:kms error:*');
  await expect(options.first()).toContainText('earlier query');
  await window.idle();
  await app.page.reload();
  await window.imported();
  await window.query.click();
  await window.query.press('ArrowDown');
  await window.query.press('ArrowDown');
  await window.query.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('service:kms error:*');
  await expect(window.chips).toHaveText(['Service: kms', 'error:*']);
});
