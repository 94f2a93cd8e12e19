/**
 * The whole work on a real archive, from opening to who, how, what and when: each answer by at most three acts, without leaving the window. The folder
 * is named in TRAILGLASS_CASE; the answers are held to those of the command line, so that any archive in which logging was touched will do.
 */
import { expect, test } from './fixtures';
import { GroupsTable } from './groups-table';
import { queryByCli } from './query-cli';

const folder = process.env['TRAILGLASS_CASE'] ?? '';
const mostActs = 3;

test('who touched the logging, how, when, and what else they changed: each by at most three acts', async ({
  app,
}, testInfo) => {
  testInfo.skip(folder === '', 'TRAILGLASS_CASE names no folder with a real archive');
  const window = await app.open(folder);
  const { page } = app;
  let acts = 0;
  const act = async (press: Promise<void>): Promise<void> => {
    await press;
    await window.idle();
    acts++;
  };
  const answered = (question: string): void => {
    process.stdout.write(`${question}: ${String(acts)} acts\n`);
    expect(acts, question).toBeLessThanOrEqual(mostActs);
    acts = 0;
  };

  await act(page.getByRole('button', { name: 'Was logging turned off or narrowed?' }).click());
  const logging = await queryByCli(folder, await window.query.inputValue(), ['--facet', 'identity', '--facet', 'ip']);
  expect((await window.found()).matched).toBe(logging.matched);
  const who = logging.facets['identity']?.[0]?.[0] ?? 'nobody';
  const name = who.replace(/ \(.*$/s, '');
  await expect(window.facet('Identity').value(who)).toBeVisible();
  answered('Who touched the logging');

  expect((await window.facet('Source address').values())[0]?.value).toBe(logging.facets['ip']?.[0]?.[0]);
  await act(window.events.row(0).click());
  await expect(window.detail.sentence).toContainText(name);
  answered('How: by which call, from where, and whether it worked');

  await act(window.facet('Identity').act('Only', who));
  await act(window.facet('Identity').tool('Group by Identity').click());
  const [row = ''] = await new GroupsTable(page).rows.allInnerTexts();
  expect(row).toContain(name);
  expect(row).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d[\s\S]*\d{4}-\d\d-\d\d \d\d:\d\d/);
  answered('When: first and last seen');

  await act(page.keyboard.press('Escape'));
  await act(window.search(`${await window.query.inputValue()} class:write`.replace(/event:\([^)]*\)\s*/, '')));
  const writes = await queryByCli(folder, await window.query.inputValue(), ['--facet', 'target']);
  expect(writes.matched).toBeGreaterThan(0);
  expect((await window.found()).matched).toBe(writes.matched);
  expect((await window.facet('Target').values())[0]?.count).toBe(writes.facets['target']?.[0]?.[1]);
  answered('What else they changed, and upon what');
});
