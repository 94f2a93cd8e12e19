/** Narrowing down by the values of the data. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('a press includes a value, another one takes it back', async ({ app }) => {
  const { window } = app;
  const service = window.facet('Service');
  const all = await service.values();
  const s3 = all.find(({ value }) => value === 's3');
  await service.value('s3').click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3');
  expect((await window.found()).matched).toBe(s3?.count);
  await expect(service.value('s3')).toHaveAttribute('aria-pressed', 'true');
  // A facet counts without its own choice: what else could be chosen stays in sight.
  expect((await service.values()).map(({ value, count }) => [value, count])).toEqual(
    all.map(({ value, count }) => [value, count]),
  );
  await service.value('s3').click();
  await window.idle();
  await expect(window.query).toHaveValue('');
  expect(await service.values()).toEqual(all);
});

test('several values of one facet join by OR, several facets by AND', async ({ app }) => {
  const { window } = app;
  const counts = new Map((await window.facet('Service').values()).map(({ value, count }) => [value, count]));
  await window.facet('Service').value('s3').click();
  await window.facet('Service').value('kms').click();
  await window.idle();
  await expect(window.query).toHaveValue('service:(s3 OR kms)');
  expect((await window.found()).matched).toBe((counts.get('s3') ?? 0) + (counts.get('kms') ?? 0));

  const region = (await window.facet('Region').values())[0];
  await window
    .facet('Region')
    .value(region?.value ?? '')
    .click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:(s3 OR kms) region:${region?.value ?? ''}`);
  expect((await window.found()).matched).toBe(region?.count);
});

test('a value is excluded, and the others are what is left', async ({ app }) => {
  const { window } = app;
  const before = (await window.facet('Result').values()).find(({ value }) => value === 'Success');
  await window.facet('Result').act('Exclude', 'Success');
  await window.idle();
  await expect(window.query).toHaveValue('-result:Success');
  expect((await window.found()).matched).toBe(20_000 - (before?.count ?? 0));
  expect((await window.facet('Result').values()).find(({ value }) => value === 'Success')).toEqual({
    value: 'Success',
    count: before?.count,
    state: 'excluded',
  });
  expect(await window.timeline.legend()).toEqual({
    Errors: (await window.found()).matched,
    Writes: 0,
    Reads: 0,
  });
});

test('only one value is kept, whatever was chosen before', async ({ app }) => {
  const { window } = app;
  await window.facet('Service').unfold();
  await window.search('service:(s3 OR kms) -event:GetObject');
  await window.facet('Service').act('Only', 'sts');
  await window.idle();
  await expect(window.query).toHaveValue('-event:GetObject service:sts');
  expect((await window.facet('Service').values()).filter(({ state }) => state === 'included')).toEqual([
    expect.objectContaining({ value: 'sts' }),
  ]);
});

test('a chosen value stays in sight when nothing is left of it', async ({ app }) => {
  const { window } = app;
  await window.facet('Service').value('kms').click();
  await window.search('service:kms event:GetObject');
  expect(await window.facet('Service').values()).toContainEqual({ value: 'kms', count: 0, state: 'included' });
  expect(await window.facet('Event').values()).toContainEqual({ value: 'GetObject', count: 0, state: 'included' });
});

test('a facet is searched within, turned to the rarest first, and shown further', async ({ app }) => {
  const { window } = app;
  const event = window.facet('Event');
  await event.tool('Search in Event').click();
  await expect(event.search).toBeFocused();
  await event.search.fill('trail');
  await window.idle();
  const found = await event.values();
  expect(found.map(({ value }) => value)).toContain('DeleteTrail');
  for (const { value } of found) expect(value.toLowerCase()).toContain('trail');
  await event.search.press('Escape');
  await window.idle();
  expect((await event.values())[0]?.value.toLowerCase()).not.toContain('trail');

  const mostFirst = await event.values();
  await event.tool(/most common first|least common first/i).click();
  await window.idle();
  const leastFirst = await event.values();
  expect(leastFirst[0]?.count).toBeLessThan(mostFirst[0]?.count ?? 0);
  expect(leastFirst.map(({ count }) => count)).toEqual([...leastFirst.map(({ count }) => count)].sort((a, b) => a - b));

  await event.tool(/^[\d,]+ more$/).click();
  await window.idle();
  expect((await event.values()).length).toBeGreaterThan(leastFirst.length);
});

test('any path of the data becomes a facet, whose counts are those of the command line', async ({ app }) => {
  const { window } = app;
  await window.facets.getByRole('button', { name: 'Add facet' }).click();
  const picker = window.dialog('Add a facet');
  await picker.getByRole('combobox').fill('bucketname');
  await picker.getByRole('option', { name: /^requestParameters\.bucketName/ }).click();
  await window.idle();
  await window.search('service:s3');
  const answer = await queryByCli(sharedArchives().synthetic, 'service:s3', [
    '--facet',
    'requestParameters.bucketName',
  ]);
  const facet = window.facet('requestParameters.bucketName');
  const values = await facet.values();
  expect(values.map(({ value, count }) => [value, count])).toEqual(
    answer.facets['requestParameters.bucketName']?.slice(0, values.length),
  );
  const first = values[0];
  await facet.value(first?.value ?? '').click();
  await window.idle();
  expect((await window.found()).matched).toBe(first?.count);

  await facet.tool('Remove the facet requestParameters.bucketName').click();
  await expect(facet.section).toBeHidden();
});

test('facets leave out their own choice and follow all others', async ({ app }) => {
  const { window } = app;
  await window.facet('Service').value('s3').click();
  await window.idle();
  const answer = await queryByCli(sharedArchives().synthetic, 'service:s3', ['--facet', 'identity', '--facet', 'ip']);
  for (const [label, field] of [
    ['Identity', 'identity'],
    ['Source address', 'ip'],
  ] as const) {
    const values = await window.facet(label).values();
    expect(
      values.map(({ value, count }) => [value, count]),
      label,
    ).toEqual(answer.facets[field]?.slice(0, 3));
  }
});

test('what is chosen by hand in the query is chosen in the facets', async ({ app }) => {
  const { window } = app;
  await window.search('service:(ec2 OR iam) -region:us-west-2 NOT result:AccessDenied');
  const states = async (label: string): Promise<readonly string[]> =>
    (await window.facet(label).values())
      .filter(({ state }) => state !== 'none')
      .map(({ state, value }) => `${state} ${value}`);
  expect([...(await states('Service'))].sort()).toEqual(['included ec2', 'included iam']);
  expect(await states('Region')).toEqual(['excluded us-west-2']);
  expect(await states('Result')).toEqual(['excluded AccessDenied']);
});

test('read and write are chosen by words, and asked for as the records have them', async ({ app }) => {
  const { window } = app;
  await window.facet('Read/Write').value('Write').click();
  await window.idle();
  await expect(window.query).toHaveValue('readonly:false');
});

test('the events without a value of a field are a press away, and back', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { total } = await window.found();
  const missing = window.facet('Access key').section.getByRole('button', { name: /without a value/ });
  const count = Number((await missing.innerText()).replace(/\D/g, ''));
  expect(count).toBeGreaterThan(0);
  await missing.click();
  await window.idle();
  await expect(window.query).toHaveValue('-key:*');
  expect((await window.found()).matched).toBe(count);
  await window.search('');
  expect((await window.found()).matched).toBe(total);
});

test('facets are ordered by their menu and by keys, and stay so', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const order = () =>
    window.facets.getByRole('region').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const [first, second, third] = await order();
  await window
    .facet(second ?? '')
    .section.locator('button.title')
    .click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Move up' }).click();
  expect((await order()).slice(0, 3)).toEqual([second, first, third]);
  await window
    .facet(third ?? '')
    .section.locator('button.title')
    .focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  await app.page.keyboard.press('Alt+ArrowUp');
  await expect(window.facet(third ?? '').section.locator('button.title')).toBeFocused();
  expect((await order()).slice(0, 3)).toEqual([third, second, first]);
  await window.idle();
  await app.page.reload();
  await window.imported();
  expect((await order()).slice(0, 3)).toEqual([third, second, first]);
});
