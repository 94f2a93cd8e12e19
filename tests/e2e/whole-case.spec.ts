/** The sample's break-in from opening to who, when, how and what: each answer by at most three acts, without leaving the window. */
import { expect, test } from './fixtures';

const mostActs = 3;

test('who turned the trail off, when, from where, and what was changed: each by at most three acts', async ({
  app,
}) => {
  await app.start();
  const { page, window } = app;
  let acts = 0;
  const act = async (press: Promise<void>): Promise<void> => {
    await press;
    await window.idle();
    acts += 1;
  };
  const answered = (): void => {
    expect(acts).toBeLessThanOrEqual(mostActs);
    acts = 0;
  };
  await page.getByRole('button', { name: 'Open the sample archive' }).click();
  await window.imported();

  // Who? The first who tried was refused.
  await act(page.getByRole('button', { name: '1. Who turned off the trail?' }).click());
  await expect(window.events.row(0)).toContainText('AccessDenied');
  await act(window.events.row(1).click());
  await expect(window.detail.sentence).toContainText('svc-backup-sync');
  await expect(window.detail.sentence).toContainText('StopLogging');
  answered();

  // When did they come, and when did they leave?
  const who = window.detail.sentence.getByRole('button', { name: 'svc-backup-sync' });
  await act(who.click({ button: 'right' }));
  await act(page.getByRole('menuitem', { name: 'Only this' }).click());
  const first = await (await window.events.cell(0, 'Time')).innerText();
  await act(window.events.header('Time').click());
  const last = await (await window.events.cell(0, 'Time')).innerText();
  const [came, left] = [first, last].sort();
  expect(came).toContain('2024-03-05 02:15:48');
  expect(left).toContain('2024-03-05 02:26:46');
  answered();

  // How did they get in? By the same address, others first.
  const [address] = await window.facet('From').values();
  expect(address?.value).toBe('203.0.113.66');
  await act(window.facet('From').value('203.0.113.66').click({ button: 'right' }));
  await act(page.getByRole('menuitem', { name: 'Only this' }).click());
  const identities = (await window.facet('Identity').values()).map(({ value }) => value).join(' ');
  for (const name of ['legacy-importer', 'deploy-checkout-tmp', 'svc-backup-sync']) expect(identities).toContain(name);
  answered();

  // What exactly was opened to the world?
  await act(window.search('ip:203.0.113.66 event:PutBucketPolicy'));
  await act(window.events.row(0).click());
  await expect(window.detail.sentence).toContainText('PutBucketPolicy');
  await expect(window.detail.leaf('Effect')).toContainText('Allow');
  answered();
});
