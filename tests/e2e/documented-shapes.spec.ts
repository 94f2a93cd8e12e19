/** The shapes of events that AWS documents, from eventVersion 1.01 to 1.08, open right: the first archive there is. */
import { documentedShapes } from './archives';
import { Comparison } from './comparison';
import { expect, test } from './fixtures';

test('every event is there, the sound one of the file that is broken as printed among them', async ({ app }) => {
  const window = await app.open(documentedShapes);
  expect(await window.found()).toEqual({ matched: 17, total: 17 });
  await expect(window.status).toContainText('6 files');
  await expect(window.status).toContainText('0 not read, 1 in part');
  await window.status.getByRole('button', { name: /not read/ }).click();
  const report = window.dialog('Import report');
  await expect(report).toContainText('cloudwatch-as-printed.json');
  await expect(report).toContainText('byte 645');
  await expect(report).toContainText('1 event kept');
  await app.page.keyboard.press('Escape');
  await window.search('DisableAlarmActions');
  expect(await window.found()).toEqual({ matched: 1, total: 17 });
});

test('two events that share an eventID and differ both stay', async ({ app }) => {
  const window = await app.open(documentedShapes);
  await window.search('id:example7-4c11-4dd6-9a80-5e0f1a2b3c4d');
  expect(await window.events.column('Event')).toEqual(['GetSegments', 'CreateCampaign']);
  await expect(window.events.tags(0)).toContainText('2 versions');
  await window.events.row(0).click();
  await window.detail.section.getByRole('button', { name: 'Compare', exact: true }).first().click();
  await expect(app.page.getByRole('region', { name: 'Comparison' })).toContainText('Conflicting versions');
  const places = await Promise.all(
    (['left', 'right'] as const).map((side) => new Comparison(app.page).head(side).locator('.place').innerText()),
  );
  for (const place of places) expect(place).toMatch(/\.json.*byte [\d,]+$/s);
  expect(places[0]).not.toBe(places[1]);
});

test('the report leads to the events of two versions', async ({ app }) => {
  const window = await app.open(documentedShapes);
  await app.page.keyboard.press('i');
  await window.report.figure('Conflicting versions').getByRole('button').click();
  await expect(window.report.dialog).toBeHidden();
  await window.idle();
  await expect(window.query).toHaveValue('versions>1');
  expect(await window.events.column('Event')).toEqual(['GetSegments', 'CreateCampaign']);
});

test('an ID with spaces around it is found as it is written', async ({ app }) => {
  const window = await app.open(documentedShapes);
  await window.search('eventID:" 77c9a2b4-EXAMPLE "');
  expect(await window.events.column('Event')).toEqual(['AddNotificationChannel']);
  await window.search('77c9a2b4-example');
  expect(await window.found()).toEqual({ matched: 1, total: 17 });
});

test('who called is one principal each, whatever kind of identity it was', async ({ app }) => {
  const window = await app.open(documentedShapes);
  await window.facet('Identity').unfold();
  await window.idle();
  expect((await window.facet('Identity').values()).slice(0, 8)).toEqual([
    { value: 'Administrator / shift-lead (role session, 123456789012)', count: 5, state: 'none' },
    { value: 'Root (root of 123456789012)', count: 4, state: 'none' },
    { value: 'Jane_Doe (IAM user, 111122223333)', count: 2, state: 'none' },
    { value: 'Nikki_Wolf (IAM user, 444455556666)', count: 2, state: 'none' },
    { value: 'Jane_Doe (IAM user, 123456789012)', count: 1, state: 'none' },
    { value: 'john_stiles (IAM user, 123456789012)', count: 1, state: 'none' },
    { value: 'OperationsRole / DrillSession (role session, 123456789012)', count: 1, state: 'none' },
    { value: 'Paulo_Santos (IAM user, 123456789012)', count: 1, state: 'none' },
  ]);
  expect(await window.facet('Identity kind').values()).toEqual([
    { value: 'IAM user', count: 7, state: 'none' },
    { value: 'role session', count: 6, state: 'none' },
    { value: 'Root', count: 4, state: 'none' },
  ]);
});

test('events come in the order of their times, not of their files', async ({ app }) => {
  const window = await app.open(documentedShapes);
  expect(await window.events.column('Event')).toEqual([
    'PutMetricAlarm',
    'DisableAlarmActions',
    'PutRule',
    'CreateExportTask',
    'GetSegments',
    'CreateCampaign',
    'CreateConfigurationSet',
    'CreateConfigurationSetEventDestination',
    'GetCanaryRuns',
    'DescribeCanaries',
    'UpdateCanary',
    'AddNotificationChannel',
    'ListBranches',
    'ListBackendJobs',
    'UpdateService',
    'CreateMonitor',
    'ListMonitors',
  ]);
});

test('what AWS hid is shown as hidden, not as a value', async ({ app }) => {
  const window = await app.open(documentedShapes);
  await window.search('UpdateService');
  await window.events.row(0).click();
  await expect(window.detail.leaf('buildCommand')).toContainText('redacted by AWS');
  await expect(window.detail.leaf('runtime')).not.toContainText('redacted');
  await window.search('CreateCampaign');
  await window.events.row(0).click();
  await expect(window.detail.leaf('MessageConfiguration').first()).toContainText('redacted by AWS');
});

test('an event that does not say whether it only reads is counted as such', async ({ app }) => {
  const window = await app.open(documentedShapes);
  expect(await window.timeline.legend()).toEqual({ Errors: 0, Writes: 8, Reads: 5, 'Not stated': 4 });
});
