/** What was acted upon: in the list, the facet and the sentence, from which it filters by mouse and by keyboard. */
import { join } from 'node:path';
import { event, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';
import type { AppWindow } from './app-window';

const long = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:team/application/database-password-Ab12Cd';
const iam = { eventSource: 'iam.amazonaws.com', readOnly: false, responseElements: null, resources: undefined };
const records = [
  event({ ...iam, eventName: 'CreateUser', eventID: 'e-1', requestParameters: { userName: 'jmerckle' } }),
  event({
    ...iam,
    ...{ eventName: 'PutUserPolicy', eventID: 'e-2', errorCode: 'AccessDenied', errorMessage: 'not authorized' },
    requestParameters: { userName: 'jmerckle', policyName: 'zlj9i0k83o' },
  }),
  event({ ...iam, eventName: 'GetSecretValue', eventID: 'e-3', requestParameters: { secretId: long } }),
  event({ ...iam, eventName: 'ListUsers', eventID: 'e-4', requestParameters: null }),
];

async function opened(app: App): Promise<AppWindow> {
  await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
  return app.open(join(app.folder, 'logs'));
}

test('the list has what was acted upon, and a long one keeps its end', async ({ app }) => {
  const window = await opened(app);
  expect(await window.events.columnNames()).toContain('Target');
  const cells = await window.events.column('Target');
  expect(cells.map((text) => text.replace(/\s+/g, ''))).toEqual(['jmerckle', 'jmerckle', long, '–']);
  const cell = await window.events.cell(2, 'Target');
  await expect(cell.locator('[title]').first()).toHaveAttribute('title', long);
  const tail = cell.locator('.tail');
  await expect(tail).toHaveText('password-Ab12Cd'.slice(-14));
  expect(await tail.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test('the facet counts it, and a press filters by it', async ({ app }) => {
  const window = await opened(app);
  const target = window.facet('Target');
  await target.value('jmerckle').click();
  await window.idle();
  await expect(window.query).toHaveValue('target:jmerckle');
  expect(await window.events.column('Event')).toEqual(['CreateUser', 'PutUserPolicy']);
});

test('the sentence names it with the policy beside it, and the error; each filters', async ({ app }) => {
  const window = await opened(app);
  await window.events.row(1).click();
  await expect(window.detail.sentence).toHaveText(
    /called PutUserPolicy on user jmerckle \(policy zlj9i0k83o\) through iam .*: AccessDenied: not authorized$/,
  );
  await window.detail.sentence.getByRole('button', { name: 'jmerckle' }).press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('target:jmerckle');
  await window.detail.sentence.getByRole('button', { name: 'zlj9i0k83o' }).click();
  await window.idle();
  expect(await window.events.column('Event')).toEqual(['PutUserPolicy']);
});
