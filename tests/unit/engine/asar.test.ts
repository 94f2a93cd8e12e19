import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readAsarAsFiles } from '#engine/sources/asar';

const engine = join(import.meta.dirname, '..', '..', '..', 'shared', 'engine');

it('makes a file named x.asar a file to Electron', () => {
  readAsarAsFiles();
  expect(process).toMatchObject({ noAsar: true });
  Reflect.deleteProperty(process, 'noAsar');
});

it.each(['engine-worker.ts', 'decode/decode-worker.ts'])('is the first thing that %s does', (entry) => {
  const lines = readFileSync(join(engine, entry), 'utf8').split('\n');
  const first = lines.find((line) => /^(?:[a-zA-Z]+\(|const |let |await )/.test(line));
  expect(first).toBe('readAsarAsFiles();');
});
