/** The members of a zip on disk, listed like files. */
import { closeSync, readSync } from 'node:fs';
import type { ImportLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import type { ListedFile, ListedOther } from './listed-file';
import { memberPath } from './member';
import { openEvidence } from './open-evidence';
import { limitProblem, loss, unreadable } from './problems';
import { FileBytes } from './random-access';
import { splitPartText } from './split-parts';
import { stretchName, type Stretch } from './stretch';
import { zipEntries } from './zip-directory';
import { END, startsZip, stepTo, viewOf, type ZipEntry } from './zip-format';
import { encryptedProblem, methodProblem } from './zip-member';

/** The end of an empty one. */
const MIN_ZIP_BYTES = 22;
/** Files of these names are not opened to see: a folder may hold many, and the decode threads look at the content of each anyway. */
const hardlyZip = /\.(gz|tgz|json|jsonl|ndjson|csv|tsv|log|txt|tar|parquet)$/i;

/** Whether a file is a zip, by its first bytes, or by its name and last ones. Of files that cannot be read, no. */
export function isZipFile(path: string, sizeBytes: number): boolean {
  if (sizeBytes < MIN_ZIP_BYTES || hardlyZip.test(path)) return false;
  let descriptor: number | null = null;
  try {
    ({ descriptor } = openEvidence(path));
    const head = new Uint8Array(4);
    if (readSync(descriptor, head, 0, head.length, 0) === head.length && startsZip(head)) return true;
    // The last part of a split one begins with anything.
    if (!/\.zip$/i.test(path)) return false;
    readSync(descriptor, head, 0, head.length, sizeBytes - MIN_ZIP_BYTES);
    return viewOf(head).getUint32(0, true) === END;
  } catch {
    // Whoever reads it tells why it cannot be read.
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

export interface ZipListing {
  readonly files: readonly ListedFile[];
  readonly others: readonly ListedOther[];
  /** The zip itself; null where listing it was ended early. */
  readonly zip: ListedOther | null;
}

/** Lists the members of a zip, and rests (yields) after each piece of it. */
export function* listZip(zip: ListedFile, limits: ImportLimits): Generator<void, ZipListing, void> {
  const problems: FileProblem[] = [];
  const files: ListedFile[] = [];
  const others: ListedOther[] = [];
  let descriptor: number | null = null;
  try {
    ({ descriptor } = openEvidence(zip.path));
    const whole = new FileBytes(descriptor, 0, zip.sizeBytes);
    const { entries, stretches, isCut } = yield* zipEntries(whole, limits.entries, problems);
    const isDamaged = problems.some(({ severity }) => severity === 'loss');
    const part = isDamaged ? splitPartText(zip.relative) : null;
    if (part !== null) problems.unshift(loss('bad-archive', part));
    for (const entry of entries) if (!entry.isFolder) addEntry(zip, entry, files, others);
    for (const stretch of stretches) files.push(fileOf(zip, stretch));
    if (isCut) problems.push(limitProblem('entries', limits, 'the archive has more members than'));
  } catch (thrown) {
    problems.push(unreadable(thrown));
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
  const itself = { ...otherOf(zip, zip.relative, zip.sizeBytes), recognisedAs: 'zip' as const, problems };
  return { files, others, zip: { ...itself, isPartial: files.length > 0 } };
}

function addEntry(zip: ListedFile, entry: ZipEntry, files: ListedFile[], others: ListedOther[]): void {
  const relative = memberPath(zip.relative, entry.name);
  const { packedBytes } = entry;
  const step = stepTo(entry);
  const other = otherOf(zip, relative, packedBytes);
  if (entry.isEncrypted) others.push({ ...other, problems: [encryptedProblem] });
  else if (typeof step === 'string') others.push({ ...other, problems: [methodProblem(step)] });
  else files.push({ ...zip, relative, steps: [step], packedBytes });
}

function fileOf(zip: ListedFile, stretch: Stretch): ListedFile {
  const relative = memberPath(zip.relative, stretchName(stretch));
  return { ...zip, relative, steps: [{ kind: 'stretch', ...stretch }], packedBytes: stretch.bytes };
}

function otherOf({ source }: ListedFile, relative: string, sizeBytes: number): ListedOther {
  return { relative, source, sizeBytes, recognisedAs: null, isAside: false, isPartial: false, problems: [] };
}
