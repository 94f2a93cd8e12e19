/** The manifest of an open archive: written from its files as they are on disk now, or checked against them. */
import { AppError } from '#contract/errors';
import type { ManifestCheck, ManifestForm } from '#contract/integrity';
import { err, ok, type Result } from '#contract/result';
import { compareManifest, readManifest, writeManifest, type ManifestFile } from '#core/integrity/manifest';
import type { EngineFiles } from './engine-files';
import type { ImportLog } from './imports/import-log';
import { onDiskOf } from './sources/on-disk-path';
import { readSmallText } from './sources/small-text';

export interface ManifestParts {
  readonly log: ImportLog;
  readonly files: Pick<EngineFiles, 'digest'>;
  readonly signal: AbortSignal;
}

/** Rejects with `not-readable` where a file cannot be read, and `cancelled`. */
export async function makeManifest(parts: ManifestParts, form: ManifestForm, version: string): Promise<string> {
  const contents = contentsByFile(parts.log);
  const files: ManifestFile[] = [];
  for (const { path, onDisk } of filesOnDisk(parts.log)) {
    stopWhereAborted(parts.signal);
    const { sha256, state } = await parts.files.digest({ path });
    files.push({ path: onDisk, sizeBytes: state.sizeBytes, sha256, contents: contents.get(onDisk) ?? [] });
  }
  const folder = parts.log.sources.map(({ label }) => label).join(', ');
  return writeManifest({ folder, madeAt: new Date().toISOString(), version, files }, form);
}

/** Rejects with `bad-request` where the file is no manifest, and `cancelled`. */
export async function checkManifest(parts: ManifestParts, manifest: string): Promise<ManifestCheck> {
  const expected = readManifest(readSmallText(manifest, maxBytes));
  if (!expected.ok) throw new AppError('bad-request', `the manifest cannot be used: ${expected.error}`);
  const found = new Map<string, Result<string, string>>();
  for (const { path, onDisk } of filesOnDisk(parts.log)) {
    stopWhereAborted(parts.signal);
    found.set(
      onDisk,
      await parts.files.digest({ path }).then(
        ({ sha256 }) => ok(sha256),
        (thrown: unknown) => err(thrown instanceof Error ? thrown.message : String(thrown)),
      ),
    );
  }
  return compareManifest(expected.value, found);
}

/** A line of some hundred bytes for each file. */
const maxBytes = 512 * 2 ** 20;

function stopWhereAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled', 'the call was cancelled');
}

/** Each file on disk once, in order of path. */
function filesOnDisk(log: ImportLog): readonly { readonly path: string; readonly onDisk: string }[] {
  const byPath = new Map<string, string>();
  for (const file of log.openListedFiles()) byPath.set(file.path, onDiskOf(file).onDisk);
  return Array.from(byPath, ([path, onDisk]) => ({ path, onDisk })).sort((one, other) =>
    one.onDisk < other.onDisk ? -1 : 1,
  );
}

function contentsByFile(log: ImportLog): Map<string, { path: string; sha256: string }[]> {
  const contents = new Map<string, { path: string; sha256: string }[]>();
  for (const at of log.byPath()) {
    const number = log.records.file(at);
    const file = number === null ? undefined : log.file(number);
    const content = log.records.content(at);
    if (file === undefined || content === null) continue;
    const { onDisk } = onDiskOf(file);
    const entry = { path: log.pathOf(at), sha256: Buffer.from(content.sha256).toString('hex') };
    const known = contents.get(onDisk);
    if (known === undefined) contents.set(onDisk, [entry]);
    else known.push(entry);
  }
  return contents;
}
