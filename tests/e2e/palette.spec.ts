/** The command palette: whatever can be done is found by a few letters, and done by Enter. */
import { axe } from './axe';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test('a command, a value and a field are found by a few letters, also with one wrong, and done by Enter', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const palette = window.dialog('Command palette');
  const input = palette.getByRole('combobox');
  const options = palette.getByRole('option');

  // From within the query bar too.
  await window.query.click();
  await app.page.keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await input.fill('thme');
  await expect(options.first()).toContainText('Theme: system, light, dark');
  await expect(options.first().locator('kbd')).toHaveText(['t']);
  await input.press('Enter');
  await expect(palette).toBeHidden();
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(window.query).toBeFocused();

  await app.page.keyboard.press('Control+Shift+P');
  await input.fill('service kms');
  await expect(options.first()).toContainText('service: kms');
  await input.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('service:kms');

  await app.page.keyboard.press('Control+k');
  await input.fill('bucketnam');
  await expect(options.first()).toContainText('requestParameters.bucketName:');
  await input.press('ArrowDown');
  await input.press('ArrowUp');
  await input.press('Enter');
  await expect(window.query).toHaveValue('service:kms requestParameters.bucketName:');
  await expect(window.query).toBeFocused();
});

test('a topic leads to the help, a column is added, and what is not there is said', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const palette = window.dialog('Command palette');
  const input = palette.getByRole('combobox');
  await window.events.grid.focus();
  await app.page.keyboard.press('Control+k');
  await input.fill('zzzzzzzz');
  await expect(palette.getByRole('status')).toContainText('Nothing here is like “zzzzzzzz”');
  await expect(palette.getByRole('option')).toHaveCount(0);
  await input.fill('add column agent');
  await palette.getByRole('option').first().click();
  await window.idle();
  await expect(app.page.getByRole('columnheader', { name: 'User agent' })).toBeVisible();

  await app.page.keyboard.press('Control+k');
  await input.fill('regular expression');
  await input.press('Enter');
  await expect(window.dialog('Help')).toBeVisible();
  await expect(window.dialog('Help').getByRole('table').nth(1)).toContainText('src_ip=10.0.0.0/8 user=alice');
  await app.page.keyboard.press('Escape');

  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('it is clean under axe', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.grid.focus();
  await app.page.keyboard.press('Control+k');
  await window.idle();
  const results = await axe(app.page).include('dialog').analyze();
  expect(results.violations).toEqual([]);
});
