import { createHash } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { changedFiles, changedMessage } from '../../../electron/engine-files';
import { temporaryFolder } from '../../helpers/temporary-folder';

const contents = { 'engine-worker.js': 'start();', 'decode-worker.js': 'decode();' };
const checksums = Object.fromEntries(
  Object.entries(contents).map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]),
);

async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(contents)) await writeFile(join(folder, name), text);
  return folder;
}

it('an engine as it was built is taken', async () => {
  expect(await changedFiles(await installed(), checksums)).toEqual([]);
});

it('one byte more, and a missing file, are named', async () => {
  const folder = await installed();
  await appendFile(join(folder, 'engine-worker.js'), ' ');
  expect(await changedFiles(folder, checksums)).toEqual(['engine-worker.js']);
  await rm(join(folder, 'decode-worker.js'));
  expect(await changedFiles(folder, checksums)).toEqual(['engine-worker.js', 'decode-worker.js']);
});

it('the message says which file, where, and what to do', () => {
  const message = changedMessage('/opt/Trailglass/engine', ['engine-worker.js']);
  expect(message).toContain('engine-worker.js in /opt/Trailglass/engine');
  expect(message).toContain('Install Trailglass again');
});
