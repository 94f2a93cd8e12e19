import { describe, expect, it } from 'vitest';
import { isPacked, labelOnDisk } from '../../../renderer/lib/packed';

describe('isPacked', () => {
  it('distinguishes text that had to be unpacked from the bytes of a file', () => {
    expect(isPacked('logs/a.json.gz')).toBe(true);
    expect(isPacked('logs/A.JSON.GZ')).toBe(true);
    expect(isPacked('case.zip!/a.json')).toBe(true);
    expect(isPacked('logs/a.json')).toBe(false);
    expect(isPacked('gz/a.json')).toBe(false);
  });

  it('knows it by text that reaches past the end of the file, whatever its name', () => {
    expect(isPacked('a.json', 1_001, 1_000)).toBe(true);
    expect(isPacked('a.json', 1_000, 1_000)).toBe(false);
  });
});

describe('labelOnDisk', () => {
  it('is the whole path of the archive a member lies in', () => {
    expect(labelOnDisk('case.zip!/in.tar!/a.json', '/home/me/case.zip!/in.tar!/a.json', 'case.zip')).toBe(
      '/home/me/case.zip',
    );
  });

  it('is the whole path of a file that lies in none', () => {
    expect(labelOnDisk('logs/a.json', '/home/me/logs/a.json', 'logs/a.json')).toBe('/home/me/logs/a.json');
  });

  it('is the short path where the whole one is spelled otherwise', () => {
    expect(labelOnDisk('case.zip!/a.json', '/mnt/other', 'case.zip')).toBe('case.zip');
  });
});
