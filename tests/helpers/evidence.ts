/** Evidence folders for tests: files as somebody may hand them over, whole or damaged. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { temporaryFolder } from './temporary-folder';

/** A path below the folder, with `/`, and the file's bytes. */
export type EvidenceFile = readonly [path: string, content: string | Uint8Array];

/** Writes the files into a folder of their own, gone after the test; the folder's path. */
export async function writeEvidence(...files: readonly EvidenceFile[]): Promise<string> {
  const folder = join(await temporaryFolder(), 'evidence');
  await mkdir(folder);
  await fillFolder(folder, files);
  return folder;
}

export async function fillFolder(folder: string, files: readonly EvidenceFile[]): Promise<void> {
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** A record's text. Its time is `minute` minutes after 2024-03-04T10:00:00Z. */
export function record(eventName: string, more: Readonly<Record<string, unknown>> = {}, minute = 0): string {
  return JSON.stringify({
    eventVersion: '1.08',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', userName: 'alice' },
    eventTime: `${new Date(Date.UTC(2024, 2, 4, 10, minute)).toISOString().slice(0, 19)}Z`,
    eventSource: 's3.amazonaws.com',
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    requestParameters: null,
    responseElements: null,
    readOnly: true,
    recipientAccountId: '111122223333',
    ...more,
  });
}

/** A file as CloudTrail delivers it, unpacked. */
export function envelope(...records: readonly string[]): string {
  return `{"Records":[${records.join(',')}]}`;
}

export function gzipped(...records: readonly string[]): Buffer {
  return gzipSync(envelope(...records), { level: 1 });
}

/** Bytes that a gzip file of {@link storedGzip} has before its first block, and a block before its data. */
export const gzipHeaderBytes = 10;
export const storedHeaderBytes = 5;

/** Gzip that packs nothing: blocks of `blockBytes` as they are. So a test knows what a byte of it holds. */
export function storedGzip(text: string, blockBytes: number): Buffer {
  const data = Buffer.from(text);
  const parts = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])];
  for (let at = 0; at < data.length; at += blockBytes) {
    const block = data.subarray(at, at + blockBytes);
    const header = Buffer.alloc(storedHeaderBytes);
    header.writeUInt8(at + blockBytes >= data.length ? 1 : 0);
    header.writeUInt16LE(block.length, 1);
    header.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(header, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data));
  trailer.writeUInt32LE(data.length, 4);
  return Buffer.concat([...parts, trailer]);
}

/** Everything below a folder that writing would change: kind, size, times of change, permissions, content. */
export async function stateOfFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const state = new Map<string, string>();
  const names = await readdir(folder, { recursive: true });
  for (const name of ['.', ...names.sort()]) {
    const path = join(folder, name);
    const stat = await lstat(path);
    const content = stat.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : '';
    state.set(name, [stat.mode, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs, content].join(' '));
  }
  return state;
}
