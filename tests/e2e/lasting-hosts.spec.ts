/** A host that goes from test to test keeps nothing of them; one that was changed goes to none. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test('a host that is passed on has the settings it began with', async ({ app }) => {
  app.browserOnly('the desktop app is started anew for each test');
  const window = await app.open(sharedArchives().synthetic);
  const { address } = app;
  await app.page.keyboard.press('t');
  await window.search('service:kms');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await app.finish();

  const next = await app.open(sharedArchives().synthetic);
  expect(app.address).toBe(address);
  await expect(app.page.locator('html')).not.toHaveAttribute('data-theme', 'light');
  await expect(next.query).toHaveValue('');
  await next.query.click();
  await next.query.press('ArrowDown');
  await expect(app.page.getByRole('option', { name: 'service:kms', exact: true })).toBeHidden();
});

test('a host whose archive was closed is not passed on', async ({ app }) => {
  app.browserOnly('the desktop app is started anew for each test');
  const window = await app.open(sharedArchives().synthetic);
  const { address } = app;
  await window.pickFromArchiveMenu('Close the archive');
  await app.finish();

  const next = await app.open(sharedArchives().synthetic);
  expect(app.address).not.toBe(address);
  expect(await next.found()).toMatchObject({ total: 20_000 });
});

test('a host that opens the archives of single tests keeps neither the archive nor that it was opened', async ({
  app,
}) => {
  app.browserOnly('the desktop app is started anew for each test');
  await app.open(await app.archive('first', 'GetUser', 'ListUsers'));
  const { address } = app;
  await app.finish();

  await app.start();
  expect(app.address).toBe(address);
  await expect(app.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
  await expect(app.page.getByText('first', { exact: true })).toBeHidden();
});
