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
import { endSignature, startsZip, stepTo, viewOf, type ZipEntry } from './zip-format';
import { encryptedProblem, methodProblem } from './zip-member';

/** An empty zip is only its end record. */
const minZipBytes = 22;
/** Files with these names are not opened to check: a folder may hold many, and the decode threads check the content anyway. */
const hardlyZip = /\.(gz|tgz|json|jsonl|ndjson|csv|tsv|log|txt|tar|parquet)$/i;

/** Whether a file is a zip, by its first bytes, or by its name and last ones. False for files that cannot be read. */
export function isZipFile(path: string, sizeBytes: number): boolean {
  if (sizeBytes < minZipBytes || hardlyZip.test(path)) return false;
  let descriptor: number | null = null;
  try {
    ({ descriptor } = openEvidence(path));
    const head = new Uint8Array(4);
    if (readSync(descriptor, head, 0, head.length, 0) === head.length && startsZip(head)) return true;
    // The last part of a split zip may begin with any bytes.
    if (!/\.zip$/i.test(path)) return false;
    readSync(descriptor, head, 0, head.length, sizeBytes - minZipBytes);
    return viewOf(head).getUint32(0, true) === endSignature;
  } catch {
    // The problem is reported when the file is read.
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Receives what is found in a zip. */
export interface ZipSink {
  readonly file: (file: ListedFile) => void;
  readonly other: (other: ListedOther) => void;
}

const entriesPerStep = 1000;

/** Lists the members of a zip, and yields after each piece of it. Returns the zip itself; null if it was cancelled. */
export function* listZip(
  zip: ListedFile,
  limits: ImportLimits,
  sink: ZipSink,
): Generator<void, ListedOther | null, void> {
  const problems: FileProblem[] = [];
  let files = 0;
  const file = (listed: ListedFile): void => {
    files++;
    sink.file(listed);
  };
  let descriptor: number | null = null;
  try {
    ({ descriptor } = openEvidence(zip.path));
    const whole = new FileBytes(descriptor, 0, zip.sizeBytes);
    const { entries, stretches, isCut } = yield* zipEntries(whole, limits.entries, problems);
    const isDamaged = problems.some(({ severity }) => severity === 'loss');
    const part = isDamaged ? splitPartText(zip.relative) : null;
    if (part !== null) problems.unshift(loss('bad-archive', part));
    for (const [i, entry] of entries.entries()) {
      if (!entry.isFolder) addEntry(zip, entry, { ...sink, file });
      if (i % entriesPerStep === entriesPerStep - 1) yield;
    }
    for (const stretch of stretches) file(fileOf(zip, stretch));
    if (isCut) problems.push(limitProblem('entries', limits, 'the archive has more members than'));
  } catch (thrown) {
    problems.push(unreadable(thrown));
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
  const itself = { ...otherOf(zip, zip.relative, zip.sizeBytes), recognisedAs: 'zip' as const, problems };
  return { ...itself, isPartial: files > 0 };
}

function addEntry(zip: ListedFile, entry: ZipEntry, { file, other: refuse }: ZipSink): void {
  const relative = memberPath(zip.relative, entry.name);
  const { packedBytes } = entry;
  const step = stepTo(entry);
  const other = otherOf(zip, relative, packedBytes);
  if (entry.isEncrypted) refuse({ ...other, problems: [encryptedProblem] });
  else if (typeof step === 'string') refuse({ ...other, problems: [methodProblem(step)] });
  else file({ ...zip, relative, steps: [step], packedBytes });
}

function fileOf(zip: ListedFile, stretch: Stretch): ListedFile {
  const relative = memberPath(zip.relative, stretchName(stretch));
  return { ...zip, relative, steps: [{ kind: 'stretch', ...stretch }], packedBytes: stretch.bytes };
}

function otherOf({ source }: ListedFile, relative: string, sizeBytes: number): ListedOther {
  return { relative, source, sizeBytes, recognisedAs: null, isIgnored: false, isPartial: false, problems: [] };
}
