/** Decodes files as a decode thread does, and keeps the texts. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImportLimits, defaultLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { FileDecoder } from '#engine/sources/decode-file';
import { fileState } from '#engine/sources/file-state';
import type { FileEnd } from '#engine/sources/file-sink';
import { listFiles } from '#engine/sources/list-files';
import type { ListedFile } from '#engine/sources/listed-file';
import type { MemberRef } from '#engine/sources/member';
import { temporaryFolder } from './temporary-folder';

export interface DecodeOptions {
  readonly limits?: Partial<ImportLimits>;
  readonly ratioFromBytes?: number;
  /** Told of each piece; false: no more of this text is wanted. */
  readonly onPiece?: () => boolean;
  /** Asked again and again; once true, the import was cancelled. */
  readonly isCancelled?: () => boolean;
}

export interface DecodedText extends FileEnd {
  /** As a report shows it. */
  readonly path: string;
  readonly file: ListedFile;
  readonly member: MemberRef | null;
  /** Null where no text was begun. */
  readonly bytes: Buffer | null;
  readonly pieces: number;
  readonly largestPiece: number;
  /** How often the last piece came. */
  readonly ends: number;
}

/** Everything in a file with these bytes; of a zip, as its members are listed. */
export async function decodeBytes(bytes: Uint8Array, options: DecodeOptions = {}): Promise<readonly DecodedText[]> {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, bytes);
  return decodePath(path, options);
}

/** Everything at and under a path. */
export async function decodePath(path: string, options: DecodeOptions = {}): Promise<readonly DecodedText[]> {
  const { files } = await listFiles([{ path, prefix: '' }], { ...defaultLimits, ...options.limits });
  const texts: DecodedText[] = [];
  for (const file of files) texts.push(...(await decodeListed(file, options)));
  return texts;
}

/** A file that was not listed, as it is now, so that zips are met while it is read. */
export async function unlisted(path: string): Promise<ListedFile> {
  const state = fileState(await stat(path));
  return { path, relative: 'file', source: 0, steps: [], packedBytes: state.sizeBytes, ...state };
}

export async function decodeListed(file: ListedFile, options: DecodeOptions = {}): Promise<readonly DecodedText[]> {
  const texts: DecodedText[] = [];
  let pieces: Buffer[] | null = null;
  let ends = 0;
  const { limits, ratioFromBytes, onPiece = () => true, isCancelled = () => false } = options;
  await new FileDecoder({ ...defaultLimits, ...limits }, ratioFromBytes).decode(file, {
    begin: () => {
      const own: Buffer[] = [];
      pieces = own;
      ends = 0;
      return (piece, isLast) => {
        own.push(Buffer.from(piece));
        if (isLast) ends++;
        return onPiece();
      };
    },
    memberEnded: () => false,
    end: (member, end) => {
      const all: readonly Buffer[] = pieces ?? [];
      texts.push({
        ...end,
        path: member === null ? file.relative : `${file.relative}!/${member.name}`,
        file,
        member,
        bytes: pieces === null ? null : Buffer.concat(all),
        pieces: all.length,
        largestPiece: Math.max(0, ...all.map(({ length }) => length)),
        ends,
      });
      pieces = null;
    },
    isCancelled,
  });
  return texts;
}

/** The codes of all problems, by path. */
export function problemCodes(texts: readonly DecodedText[]): readonly (readonly [string, FileProblem['code']])[] {
  return texts.flatMap(({ path, problems }) => problems.map(({ code }) => [path, code] as const));
}
