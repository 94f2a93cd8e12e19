/** Forged events and texts in a file that nobody changed: every event that is listed is shown. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { engineHere } from '../../helpers/engine-here';
import { temporaryFolder } from '../../helpers/temporary-folder';

const event = (eventName: string): string =>
  JSON.stringify({ eventVersion: '1.08', eventID: eventName, eventName, eventTime: '2024-03-05T02:00:00Z' });
const escaped = event('Escaped').replaceAll('"event', '"\\u0065vent');
const notes = JSON.stringify(`{"eventName":"x"}\n${event('InNotes')}`);

it.each([
  ['keys written with escapes', `{"Records":[${event('Plain')},${escaped}]}`, ['Plain', 'Escaped']],
  ['keys written with escapes, alone', escaped, ['Escaped']],
  [
    'half an event before an event in a text beside the list',
    `{"Records":[${event('Plain')}],"notes":${notes}}`,
    ['Plain', 'InNotes'],
  ],
])('an event is shown although its file has %s', async (_, text, names) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.json'), text);
  const engine = engineHere();
  await engine.open(folder);
  const rows = await engine.rows('');
  const shown = await Promise.all(rows.map(async ({ row }) => (await engine.detail(row)).raw));
  const shownNames = shown.map((raw) => (JSON.parse(raw) as { readonly eventName: string }).eventName);
  expect(shownNames.sort()).toEqual([...names].sort());
});
