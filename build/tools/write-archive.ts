import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { makeArchive, type ArchiveFile, type ArchiveOptions } from './synthetic/archive';

const compress = promisify(gzip);

export interface WrittenArchive {
  readonly files: number;
  readonly events: number;
  readonly bytesGz: number;
  readonly bytesJson: number;
}

/**
 * Writes a synthetic archive into `directory`, in AWS's folder layout.
 *
 * Text is made on this thread and compressed on zlib's; only as many files are held as there are cores to compress them.
 */
export async function writeArchive(
  directory: string,
  options: ArchiveOptions,
  onFile: (written: WrittenArchive) => void = () => undefined,
): Promise<WrittenArchive> {
  const written = { files: 0, events: 0, bytesGz: 0, bytesJson: 0 };
  const folders = new Set<string>();
  const running = new Set<Promise<void>>();

  async function write(file: ArchiveFile): Promise<void> {
    const json = Buffer.from(file.json);
    const packed = await compress(json, { level: 6 });
    packed[9] = 255; // the header's "unknown system": the same bytes on every platform
    const path = join(directory, file.path);
    const folder = dirname(path);
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      folders.add(folder);
    }
    await writeFile(path, packed);
    written.files++;
    written.events += file.events;
    written.bytesGz += packed.length;
    written.bytesJson += json.length;
    onFile({ ...written });
  }

  for (const file of makeArchive(options)) {
    const task: Promise<void> = write(file).finally(() => running.delete(task));
    running.add(task);
    if (running.size > availableParallelism()) await Promise.race(running);
    else await new Promise(setImmediate); // lets finished files be noticed
  }
  await Promise.all(running);
  return written;
}
