/** The sample's break-in from opening to who, when, how and what: each answer by at most three acts, without leaving the window. */
import { expect, test } from './fixtures';
import { GroupsTable } from './groups-table';

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
    acts++;
  };
  const answered = (): void => {
    expect(acts).toBeLessThanOrEqual(mostActs);
    acts = 0;
  };
  await page.getByRole('button', { name: 'Open the sample archive' }).click();
  await window.imported();

  // Who? The first who tried were refused.
  await act(page.getByRole('button', { name: '1. Who turned off the trail?' }).click());
  await expect(window.events.row(0)).toContainText('AccessDenied');
  await act(window.events.grid.locator('[data-index]').filter({ hasText: 'Success' }).first().click());
  await expect(window.detail.sentence).toContainText('svc-backup-sync');
  await expect(window.detail.sentence).toContainText('StopLogging');
  answered();

  // When did they come, and when did they leave?
  await act(window.search('identity:svc-backup-sync'));
  await act(window.facet('Identity').tool('Group by Identity').click());
  const [row = ''] = await new GroupsTable(page).rows.allInnerTexts();
  expect(row).toContain('2024-03-05 02:15');
  expect(row).toContain('2024-03-05 02:26');
  answered();

  // How did they get in? By the same address, others first.
  await act(window.search('ip:203.0.113.66'));
  const identities = (await window.facet('Identity').values()).map(({ value }) => value).join(' ');
  for (const name of ['legacy-importer', 'deploy-checkout-tmp', 'svc-backup-sync']) expect(identities).toContain(name);
  answered();

  // What exactly was opened to the world?
  await new GroupsTable(page).switchTo('Events');
  await act(window.search('ip:203.0.113.66 event:PutBucketPolicy'));
  await act(window.events.row(0).click());
  await expect(window.detail.sentence).toContainText('PutBucketPolicy');
  await expect(window.detail.leaf('Effect')).toContainText('Allow');
  answered();
});
