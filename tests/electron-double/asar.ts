/** Takes an archive of Electron apart: its header, written as Chromium's pickle, lists the files, whose bytes follow it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  /** Lies beside the archive. */
  readonly unpacked?: boolean;
  readonly offset?: string;
  readonly size?: number;
}

/** Writes the files within the archive to a folder; those that lie beside it are left there. */
export function extractAsar(archive: string, folder: string): void {
  const bytes = readFileSync(archive);
  const headerSize = bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const write = (entry: Entry, path: string): void => {
    if (entry.unpacked === true) return;
    if (entry.files === undefined) {
      const start = 8 + headerSize + Number(entry.offset);
      writeFileSync(path, bytes.subarray(start, start + (entry.size ?? 0)));
      return;
    }
    mkdirSync(path, { recursive: true });
    for (const [name, each] of Object.entries(entry.files)) write(each, join(path, name));
  };
  write(header, folder);
}
