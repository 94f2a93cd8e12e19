/** Whether the opened files are whole and unaltered: the verdicts, the keys brought along, and the way from a verdict to its events. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { makeTrail, publicKeyList, writeTrail } from '../helpers/signed-trail';

const trail = makeTrail({ hours: [2, 1, 2, 1] });
const [, , missing, changed] = trail.logs;

test('the integrity screen says what was changed and what is missing, and leads to the events', async ({ app }) => {
  const logs = trail.logs
    .filter((log) => log !== missing)
    .map((log) => (log === changed ? { ...log, text: log.text.replace('198.51.100.7', '198.51.100.8') } : log));
  await app.open(await writeTrail(join(app.folder, 'logs'), ...logs, ...trail.digests));
  const { page, window } = app;

  await page.keyboard.press('v');
  const screen = window.dialog('Integrity');
  await expect(screen).toContainText('Something needs an explanation');
  await expect(screen.getByRole('listitem').filter({ hasText: /^Changed/ })).toContainText(
    basename(changed?.key ?? ''),
  );
  await expect(screen.getByRole('listitem').filter({ hasText: /^Missing/ })).toContainText(
    basename(missing?.key ?? ''),
  );
  await expect(
    screen.getByRole('button', {
      name: /something is not here; a log file is recorded as delivered, or listed, and not/,
    }),
  ).toBeVisible();

  await screen.getByRole('button', { name: basename(changed?.key ?? '') }).click();
  await expect(screen).toBeHidden();
  await window.idle();
  expect(await window.found()).toMatchObject({ matched: 2 });

  await window.events.row(0).click();
  const badge = window.detail.location.getByRole('button', { name: 'File changed' });
  await expect(badge).toHaveAttribute('title', /the digest lists another content under its name/);
  await badge.click();
  await expect(screen).toBeVisible();
});

test('keys brought along prove the digests, and are read from a file that is chosen', async ({ app }) => {
  app.browserOnly('the window’s own picker is the browser host’s');
  await mkdir(app.home, { recursive: true });
  await writeFile(join(app.home, 'keys.json'), publicKeyList());
  await app.open(await writeTrail(join(app.folder, 'logs'), ...trail.logs, ...trail.digests));
  const { page, window } = app;

  await page.keyboard.press('v');
  const screen = window.dialog('Integrity');
  await expect(screen).toContainText('Nothing speaks against it, and no signature proves it');
  await screen.getByRole('button', { name: 'Add public keys…' }).click();
  const picker = window.dialog('Public keys and signatures');
  await expect(picker.getByRole('button', { name: 'Choose files' })).toBeDisabled();
  await picker.getByRole('option', { name: 'keys.json' }).dblclick();
  await expect(screen).toContainText('As AWS signed it');
  await expect(screen).toContainText('3 of 4 digests are proven by a signature of AWS.');
});

test('a change of what a trail records is a mark on the timeline, and leads to its event', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const marks = app.page.getByRole('group', { name: 'Changes of what trails record' }).getByRole('button');
  await expect(marks.first()).toHaveAccessibleName(/StopLogging by /);
  await marks.first().press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(/^id:/);
});

test('a span in which something is missing says so, and leads to its events', async ({ app }) => {
  const logs = trail.logs.filter((log) => log !== missing);
  await app.open(await writeTrail(join(app.folder, 'logs'), ...logs, ...trail.digests));
  const { page, window } = app;
  await page.keyboard.press('v');
  const screen = window.dialog('Integrity');
  await screen.getByRole('button', { name: /something is not here/ }).click();
  await expect(screen.getByRole('status')).toContainText('not in what is open');
  await screen.getByRole('button', { name: 'Show its events' }).click();
  await expect(screen).toBeHidden();
  await expect(window.query).toHaveValue(/account:111122223333 region:eu-central-1/);
});
