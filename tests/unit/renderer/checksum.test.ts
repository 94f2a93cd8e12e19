import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksumLine } from '../../../renderer/lib/checksum';
import { temporaryFolder } from '../../helpers/temporary-folder';

const hasProgram = spawnSync('sha256sum', ['--version'], { encoding: 'utf8' }).stdout?.includes('coreutils') ?? false;

describe('the line of a checksum', () => {
  it('holds the name as it is, two spaces and all', () => {
    expect(checksumLine('/case/Jose\u0301  x.json', 'ab')).toBe('SHA256 (/case/Jose\u0301  x.json) = ab');
  });

  it('announces a name with line ends or backslashes', () => {
    expect(checksumLine('a\\b\nc', 'ab')).toBe('\\SHA256 (a\\\\b\\nc) = ab');
  });

  it.skipIf(!hasProgram)('is read by sha256sum for every name', async () => {
    const folder = await temporaryFolder();
    for (const name of ['plain', 'two  spaces', 'Jose\u0301', 'turned\u202e', 'line\nend', 'back\\slash']) {
      writeFileSync(join(folder, name), name);
      const sum = createHash('sha256').update(name).digest('hex');
      const input = `${checksumLine(join(folder, name), sum)}\n`;
      expect({ name, status: spawnSync('sha256sum', ['--check', '--strict'], { input }).status }).toEqual({
        name,
        status: 0,
      });
    }
  });
});
