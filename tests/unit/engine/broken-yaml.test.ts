import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { engineHere } from '../../helpers/engine-here';
import { temporaryFolder } from '../../helpers/temporary-folder';

it('an event of YAML whose text is broken is a loss, and is not counted among those whose text was undone', async () => {
  const event = JSON.stringify({ eventName: 'PutObject', eventSource: 's3.amazonaws.com', eventID: '1' });
  const texts = [event.replace('"PutObject"', '"PutObject'), event];
  const entries = texts.map((text) => `- CloudTrailEvent: '${text}'\n  EventName: PutObject\n`);
  const path = await temporaryFolder();
  await writeFile(join(path, 'events.yaml'), `Events:\n${entries.join('')}`);
  const engine = engineHere();
  await engine.open(path);
  expect(await engine.names('')).toEqual(['PutObject']);
  const [file] = await engine.files();
  expect(file).toMatchObject({ status: 'partial', events: 1 });
  expect(file?.problems.map(({ severity, message }) => [severity, message])).toEqual([
    ['loss', expect.stringMatching(/^inside: /)],
    ['note', 'events decoded from YAML: 1'],
  ]);
});
