/** Mistakes in a query, and searches that find nothing: each says where it is, and what to do instead. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('a syntax error is underlined where it is, says what was expected, and leaves the events alone', async ({
  app,
}) => {
  const { window } = app;
  await window.search('service:s3');
  const before = await window.found();

  await window.search('service:s3 (GetObject OR');
  await expect(window.syntaxError).toBeVisible();
  await expect(window.query).toHaveAttribute('aria-invalid', 'true');
  await expect(window.query).toHaveAccessibleDescription(/.+/);
  expect(await window.found()).toEqual(before);
  // The events answer the query before it, and say so; the way back is a press.
  await expect(window.syntaxError).toContainText('Still shown below: service:s3');
  await window.syntaxError.getByRole('button', { name: 'service:s3', exact: true }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3');
  await expect(window.syntaxError).toBeHidden();

  await window.search('service:s3 ip:10.0.0.0/99');
  expect(await window.underlined()).toBe('10.0.0.0/99');
  await expect(window.syntaxError).toContainText('/99');

  // The message leads to its place.
  await window.syntaxError.getByRole('button', { name: /99/ }).click();
  const chosen = await window.query.evaluate((input: HTMLInputElement) =>
    input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
  );
  expect(chosen).toBe('10.0.0.0/99');

  await window.search('service:s3 ip:10.0.0.0/8');
  await expect(window.syntaxError).toBeHidden();
  await expect(window.query).toHaveAttribute('aria-invalid', 'false');
});

for (const [query, place, said] of [
  ['service:s3)', ')', 'there is no ( for this'],
  ['event:/(/', '/(/', 'not a regular expression'],
  ['event:/Get', '/Get', 'unclosed regular expression'],
  ['"customer exports', '"customer exports', 'unclosed'],
  ['time>yesterday', 'yesterday', 'a time'],
] as const) {
  test(`the syntax error in ${query} is shown`, async ({ app }) => {
    const { window } = app;
    await window.search(query);
    await expect(window.syntaxError).toContainText(said);
    expect(place).toContain(await window.underlined());
    expect(await window.underlined()).not.toBe('');
  });
}

test('a syntax error in a query that is still being typed is shown after a pause', async ({ app }) => {
  const { window, page } = app;
  await window.query.click();
  // With the page's clock stopped no pause can be over, however slow the machine.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await window.query.pressSequentially('service:s3 (');
  await expect(window.query).toHaveValue('service:s3 (');
  expect(await window.syntaxError.isVisible()).toBe(false);
  await window.query.press('Escape');
  await page.clock.resume();
  await expect(window.syntaxError).toBeVisible();
});

test('what is offered for a search that found nothing does not stand under the next one', async ({ app }) => {
  const { window } = app;
  await window.search('DeletTrail');
  await expect(window.noMatch).toContainText('Did you mean');
  await window.search('event:(');
  await expect(window.syntaxError).toBeVisible();
  await expect(window.noMatch).toContainText('The query has a syntax error');
  await expect(window.noMatch).not.toContainText('Did you mean');
});

test('a word that nothing holds leads to one that is near', async ({ app }) => {
  const { window } = app;
  await window.search('DeletTrail');
  await expect(window.noMatch).toContainText('No events match all filters');
  const offer = window.noMatch.getByRole('button', { name: /Did you mean DeleteTrail\?/i });
  const count = await offer.locator('.count').innerText();
  await offer.click();
  await window.idle();
  await expect(window.query).toHaveValue(/^DeleteTrail$/i);
  expect((await window.found()).matched.toLocaleString('en-US')).toBe(count);
});

test('a value that a field does not hold leads to one that it does', async ({ app }) => {
  const { window } = app;
  await window.search('service:s3 event:GetObjct');
  await window.noMatch.getByRole('button', { name: /Did you mean GetObject\?/ }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3 event:GetObject');
  expect((await window.found()).matched).toBeGreaterThan(0);
});

test('a field whose name is mistyped is asked after', async ({ app }) => {
  const { window } = app;
  await window.search('evntName:GetObject');
  await window.noMatch.getByRole('button', { name: /Did you mean the field eventName\?/ }).click();
  await window.idle();
  await expect(window.query).toHaveValue('eventName:GetObject');
  expect((await window.found()).matched).toBeGreaterThan(0);
});

test('a call that CloudTrail never records is distinguished from one that was not made', async ({ app }) => {
  const { window } = app;
  await window.search('event:SendVoiceMessage');
  await expect(window.noMatch).toContainText('CloudTrail does not record');
  await expect(window.noMatch).toContainText('says nothing about whether it was called');
  await window.search('PutEvents');
  for (const product of ['Amazon EventBridge', 'Amazon Pinpoint']) await expect(window.noMatch).toContainText(product);
});

test('a product leads to the name CloudTrail has for it, and a service that is not there is named', async ({ app }) => {
  const { window } = app;
  await window.search('service:identitycenter');
  await expect(window.noMatch).toContainText('No event here is of a service named identitycenter');
  await window.search('service:console');
  await expect(window.noMatch).toContainText('CloudTrail writes it signin');
  await window.noMatch.getByRole('button', { name: /CloudTrail writes it signin/ }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:signin');
  expect((await window.found()).matched).toBeGreaterThan(0);
});

test('of filters that fit no event together, those that leave some can be dropped', async ({ app }) => {
  const { window } = app;
  await window.search('service:kms event:GetObject');
  const offer = window.noMatch.getByRole('button', { name: /^Without service:kms/ });
  const count = await offer.locator('.count').innerText();
  await offer.click();
  await window.idle();
  await expect(window.query).toHaveValue('event:GetObject');
  expect((await window.found()).matched.toLocaleString('en-US')).toBe(count);
});

test('matches outside the chosen time range are pointed out', async ({ app }) => {
  const { window } = app;
  await window.search('event:DeleteTrail time>=2024-03-04T00:00:00Z time<2024-03-04T01:00:00Z');
  await window.noMatch.getByRole('button', { name: /outside the chosen time range/ }).click();
  await window.idle();
  await expect(window.query).toHaveValue('event:DeleteTrail');
  expect((await window.found()).matched).toBeGreaterThan(0);
});

test('the query can be cleared from where nothing was found', async ({ app }) => {
  const { window } = app;
  await window.search('zzzzzzzzzzzz');
  await expect(window.noMatch).toContainText('None of 20,000 events');
  await window.noMatch.getByRole('button', { name: /Clear the query/ }).click();
  await window.idle();
  expect(await window.found()).toEqual({ matched: 20_000, total: 20_000 });
});

test('~ forgives typing errors on purpose', async ({ app }) => {
  const { window } = app;
  await window.search('~delettrail');
  const { matched } = await window.found();
  expect(matched).toBeGreaterThan(0);
  expect(new Set(await window.events.column('Event'))).toEqual(new Set(['DeleteTrail']));
});
