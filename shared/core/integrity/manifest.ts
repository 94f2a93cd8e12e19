/**
 * A manifest: the SHA-256 of every opened file, to hold the evidence against later. As text it is what `sha256sum --check` reads; as JSON it
 * holds the hashes of unpacked contents, too.
 */
import { err, ok, type Result } from '#contract/result';
import type { ManifestCheck, ManifestForm } from '#contract/integrity';

/** A file on disk. */
export interface ManifestFile {
  /** Relative to the opened folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the bytes on disk, hex. */
  readonly sha256: string;
  /** Of what it holds, unpacked: of itself, or of its members by their paths. */
  readonly contents: readonly { readonly path: string; readonly sha256: string }[];
}

export interface Manifest {
  /** The opened folder, as the person knows it. */
  readonly folder: string;
  /** ISO. */
  readonly madeAt: string;
  readonly version: string;
  readonly files: readonly ManifestFile[];
}

const kind = 'trailglass-manifest';

export function writeManifest(manifest: Manifest, form: ManifestForm): string {
  return form === 'json' ? `${JSON.stringify({ kind, ...manifest }, null, 1)}\n` : asText(manifest);
}

/** Lines that begin with `#` are passed by `sha256sum`. */
function asText({ folder, madeAt, version, files }: Manifest): string {
  const lines = [
    `# SHA-256 of every file of ${oneLine(folder)}`,
    `# Made ${madeAt} by Trailglass ${version}`,
    '# To check: sha256sum --check THIS-FILE, in that folder',
    ...files.map(({ path, sha256 }) => lineOf(sha256, path)),
  ];
  return `${lines.join('\n')}\n`;
}

/** As GNU coreutils escapes names with a line end or a backslash: the whole line begins with a backslash. */
function lineOf(sha256: string, path: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}`;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
const textLine = /^(\\?)([0-9a-f]{64}) [ *](.+)$/i;

/** The hashes by path, or what is wrong with the text. */
export function readManifest(text: string): Result<ReadonlyMap<string, string>, string> {
  if (text.trimStart().startsWith('{')) return readJson(text);
  const hashes = new Map<string, string>();
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, escape, sha256 = '', written = ''] = textLine.exec(line.replace(/\r$/, '')) ?? [];
    if (escape === undefined) return err(`line ${String(at + 1)} is not a SHA-256 and a path`);
    const path = escape === '' ? written : written.replace(/\\([\\nr])/g, (_, code: string) => unescaped[code] ?? code);
    hashes.set(path, sha256.toLowerCase());
  }
  return hashes.size === 0 ? err('it lists no file') : ok(hashes);
}

const unescaped: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };

function readJson(text: string): Result<ReadonlyMap<string, string>, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('not valid JSON');
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== kind || !('files' in value))
    return err('it is no manifest that Trailglass wrote');
  const hashes = new Map<string, string>();
  for (const file of Array.isArray(value.files) ? (value.files as unknown[]) : []) {
    const { path, sha256 } = (file ?? {}) as { readonly path?: unknown; readonly sha256?: unknown };
    if (typeof path !== 'string' || typeof sha256 !== 'string') return err('a file in it has no path or no sha256');
    hashes.set(path, sha256.toLowerCase());
  }
  return hashes.size === 0 ? err('it lists no file') : ok(hashes);
}

/** `found`: the hashes now, by path; a reason in place of a hash where a file could not be read. */
export function compareManifest(
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, Result<string, string>>,
): ManifestCheck {
  const changed: { path: string; expected: string; found: string }[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const added: string[] = [];
  let unchanged = 0;
  for (const [path, hash] of found) {
    const wanted = expected.get(path);
    if (wanted === undefined) added.push(path);
    else if (!hash.ok) unreadable.push({ path, reason: hash.error });
    else if (hash.value === wanted) unchanged++;
    else changed.push({ path, expected: wanted, found: hash.value });
  }
  return { unchanged, changed, gone: [...expected.keys()].filter((path) => !found.has(path)), added, unreadable };
}
