/** The matching events by the values of a field, or of two. */
import { axe } from './axe';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { GroupsTable } from './groups-table';
import { queryByCli } from './query-cli';

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('a facet leads to a row for each of its values, with the figures of the command line', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await window.search('service:iam');
  await window.facet('Event').tool('Group by Event').click();
  await window.idle();
  const answer = (await queryByCli(sharedArchives().synthetic, 'service:iam', [
    '--group',
    'event',
    '--top',
    '15',
  ])) as unknown as {
    readonly groups: readonly [
      {
        readonly total: number;
        readonly rows: readonly {
          readonly values: readonly string[];
          readonly count: number;
          readonly errors: number;
          readonly first: string;
        }[];
      },
    ];
  };
  const [{ total, rows }] = answer.groups;
  await expect(groups.grid).toHaveAttribute('aria-rowcount', String(total + 1));
  const shown = Math.min(8, rows.length);
  expect((await groups.column(0)).slice(0, shown)).toEqual(rows.slice(0, shown).map(({ values }) => values[0]));
  expect((await groups.counts(1)).slice(0, shown)).toEqual(rows.slice(0, shown).map(({ count }) => count));
  expect((await groups.counts(5)).slice(0, shown)).toEqual(rows.slice(0, shown).map(({ errors }) => errors));
  expect((await groups.column(3))[0]).toBe(rows[0]?.first.replace('T', ' ').replace('Z', ''));
});

test('any column sorts, either way: the rarest first at a press', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await groups.switchTo('Groups');
  await window.idle();
  await expect(groups.header('Events')).toHaveAttribute('aria-sort', 'descending');
  await groups.header('Events').click();
  await window.idle();
  await expect(groups.header('Events')).toHaveAttribute('aria-sort', 'ascending');
  const rare = await groups.counts(1);
  expect(rare).toEqual([...rare].sort((one, other) => one - other));
  await groups.header('Errors').click();
  await window.idle();
  const errors = await groups.counts(5);
  expect(errors).toEqual([...errors].sort((one, other) => other - one));
  await expect(groups.header('Errors')).toHaveAttribute('aria-sort', 'descending');
  expect(await groups.header('Events').getAttribute('aria-sort')).toBeNull();
});

test('a press on a row narrows the query to its events, another one takes that back', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await window.search('service:s3');
  await groups.switchTo('Groups');
  await app.page.getByLabel('and by').selectOption('ip');
  await window.idle();
  const [count] = await groups.counts(2);
  await groups.rows.first().click();
  await window.idle();
  await expect(window.query).toHaveValue(/^service:s3 identity:.+ ip:\S+$/);
  expect((await window.found()).matched).toBe(count);
  await expect(groups.rows).toHaveCount(1);
  await expect(groups.rows.first()).toContainText('in the query');
  await groups.rows.first().click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3');
  await groups.rows.first().dblclick();
  await window.idle();
  expect((await window.found()).matched, 'a double click is a press, not two').toBe(count);
});

test('works by keyboard alone: arrows, Enter, x, Escape', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await window.facet('Service').tool('Group by Service').focus();
  await app.page.keyboard.press('Enter');
  await window.idle();
  await expect(groups.grid).toBeFocused();
  const [first, second] = await groups.column(0);
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(`service:${second ?? ''}`);
  await app.page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('');
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('x');
  await window.idle();
  await expect(window.query).toHaveValue(`-service:${first ?? ''}`);
  await app.page.keyboard.press('Escape');
  await window.idle();
  await expect(groups.grid).toBeHidden();
  await expect(app.page.getByRole('grid', { name: 'Events' })).toBeFocused();
  await app.page.keyboard.press('b');
  await window.idle();
  await expect(groups.grid).toBeFocused();
});

test('says how many events are in no group, and shows them at a press', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await groups.switchTo('Groups');
  await app.page.getByLabel('Group by', { exact: true }).selectOption('error');
  await window.idle();
  const none = app.page.getByTitle(/are in no group/);
  const missing = Number((await none.innerText()).replace(/\D/g, ''));
  await none.click();
  await window.idle();
  await expect(window.query).toHaveValue('-error:*');
  expect((await window.found()).matched).toBe(missing);
  await expect(groups.grid).toContainText('No matching event has a value of Error code');
});

test('follows the query while it is open', async ({ app }) => {
  const { window } = app;
  const groups = new GroupsTable(app.page);
  await window.facet('Service').tool('Group by Service').click();
  await window.search('service:(kms OR sts) event:GetCallerIdentity');
  expect(await groups.column(0)).toEqual(['sts']);
  await window.search('nosuchword');
  await expect(groups.grid).toContainText('No event matches the query');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('has nothing in it that axe calls serious', async ({ app }) => {
      await new GroupsTable(app.page).switchTo('Groups');
      await app.idle();
      const { violations } = await axe(app.page).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
    });
  });
}

test("a facet's value says when it was seen first and last", async ({ app }) => {
  const { window } = app;
  await window.search('service:iam');
  const name = (await window.facet('Event').values())[0]?.value ?? '';
  const value = window.facet('Event').value(name);
  await value.hover();
  await window.idle();
  const answer = (await queryByCli(sharedArchives().synthetic, 'service:iam', ['--group', 'event'])) as unknown as {
    readonly groups: readonly [
      { readonly rows: readonly { readonly values: readonly string[]; readonly first: string }[] },
    ];
  };
  const first = answer.groups[0].rows.find(({ values }) => values[0] === name)?.first ?? 'none';
  await expect(app.page.getByRole('tooltip')).toHaveText(
    new RegExp(`first seen ${first.replace('T', ' ').replace('Z', ' UTC')}\nlast seen`),
    { useInnerText: true },
  );
});
