/** Whole trees as CloudTrail delivers them, and ways to tamper with them, in memory. */
import fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeZip, type ZipMember } from './make-zip';
import type { BroughtAlong, HandedOver } from '../reference/integrity';
import {
  defaultStart,
  makeKey,
  makeTrail,
  publicKeyList,
  sha256,
  type MadeDigest,
  type TrailShape,
} from './signed-trail';

const hour = 3_600_000;
const organization = { organization: 'o-abcde12345/', prefix: 'central/' };

/** Trails that deliver into one tree. */
const shapes: readonly (readonly TrailShape[])[] = [
  [{ hours: [2, 1, 0, 3] }],
  [{ hours: [1, 1, 1, 1, 1] }, { hours: [0, 1, 0, 1, 2], region: 'us-east-1' }],
  [
    { hours: [1, 0, 1], account: '444455556666', ...organization },
    { hours: [1, 1, 1], ...organization },
  ],
  [
    { hours: [1, 1, 1, 1], restarts: [2] },
    { isBackfill: true, hours: [1, 1], start: Date.UTC(2024, 3, 1) },
  ],
  [{ hours: [1, 1] }, { hours: [1, 1, 1], start: defaultStart + 5 * hour }],
  [
    { hours: [1, 1, 1], trail: 'one' },
    { hours: [1, 0, 1], trail: 'two', prefix: 'two/' },
  ],
  [{ hours: [0, 0, 0] }],
];

export interface Tree {
  readonly files: readonly HandedOver[];
  readonly digests: readonly MadeDigest[];
}

const forger = makeKey();

export const trees: readonly Tree[] = shapes.map((trails) => {
  const made = trails.map((shape) => makeTrail(shape));
  const files = made.flatMap(({ logs, digests }) =>
    [...logs, ...digests].map(({ key, text }) => ({ path: key, text, isAppended: false })),
  );
  return { files, digests: made.flatMap(({ digests }) => digests) };
});

const isDigest = ({ text }: HandedOver): boolean => text.includes('"digestEndTime"');

/** One way to tamper. `at` and `other` choose files. */
export type Tampering = (files: readonly HandedOver[], at: number, other: number) => readonly HandedOver[];

type Change = (file: HandedOver) => HandedOver | null;

/** Changes one of the files that are `kind`. Null: deletes it. */
function one(kind: (file: HandedOver) => boolean, change: Change): Tampering {
  return (files, at) => {
    const chosen = files.filter(kind);
    const file = chosen[at % Math.max(1, chosen.length)];
    return files.flatMap((each) => (each === file ? (change(each) ?? []) : each));
  };
}

const isLog = (file: HandedOver): boolean => !isDigest(file);
const edited =
  (from: RegExp | string, to: string): Change =>
  (file) => ({ ...file, text: file.text.replace(from, to) });
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Puts a file where another has its place already under a name of its own. */
function free(files: readonly HandedOver[], path: string): string {
  return files.some((file) => file.path === path) ? free(files, `again/${path}`) : path;
}

export const tamperings = {
  'edit a log file': one(isLog, edited('198.51.100.7', '198.51.100.8')),
  'append to a log file': one(isLog, (file) => ({ ...file, isAppended: true })),
  'delete a log file': one(isLog, () => null),
  'swap two log files': (files, at, other) => {
    const logs = files.filter(isLog);
    const [left, right] = [logs[at % Math.max(1, logs.length)], logs[other % Math.max(1, logs.length)]];
    return files.map((file) =>
      file === left && right !== undefined
        ? { ...right, path: left.path }
        : file === right && left !== undefined
          ? { ...left, path: right.path }
          : file,
    );
  },
  'rename a file': (files, at, other) =>
    one(isLog, (file) => ({ ...file, path: free(files, `${folderOf(file.path)}${String(other)}.json.gz`) }))(
      files,
      at,
      0,
    ),
  'copy a log file': (files, at) => {
    const logs = files.filter(isLog);
    const file = logs[at % Math.max(1, logs.length)];
    return file === undefined ? files : [...files, { ...file, path: free(files, `copy/${nameOf(file.path)}`) }];
  },
  'copy and edit a log file': (files, at, other) => {
    const logs = files.filter(isLog);
    const file = logs[at % Math.max(1, logs.length)];
    if (file === undefined) return files;
    const text = file.text.replace('198.51.100.7', `198.51.100.${String(100 + (other % 100))}`);
    return [...files, { ...file, text, path: free(files, `copy/${nameOf(file.path)}`) }];
  },
  'unpack a file': (files, at) =>
    one(
      () => true,
      (file) => ({ ...file, path: free(files, file.path.replace('.gz', '')) }),
    )(files, at, 0),
  'zip the files': (files) =>
    files.some(({ path }) => path.includes('!/'))
      ? files
      : files.map((file) => ({ ...file, path: `handed-over.zip!/${file.path}` })),
  'flatten the tree': (files) => {
    const flat: HandedOver[] = [];
    for (const file of files) flat.push({ ...file, path: free(flat, nameOf(file.path)) });
    return flat;
  },
  'add a log file': (files, at) => {
    const { logs } = makeTrail({ trail: 'forged', hours: [1], start: defaultStart + (at % 6) * hour });
    const [{ key = '', text = '' } = {}] = logs;
    return files.some(({ path }) => path.endsWith(nameOf(key)))
      ? files
      : [...files, { path: key, text, isAppended: false }];
  },
  'delete a digest': one(isDigest, () => null),
  'delete two digests in a row': (files, at) => {
    const digests = files.filter(isDigest);
    const first = at % Math.max(1, digests.length);
    return files.filter((file) => !digests.slice(first, first + 2).includes(file));
  },
  'edit a digest': one(isDigest, edited('"newestEventTime":null', '"newestEventTime":""')),
  'append to a digest': one(isDigest, (file) => ({ ...file, isAppended: true })),
  'copy and edit a digest': (files, at) => {
    const digests = files.filter(isDigest);
    const file = digests[at % Math.max(1, digests.length)];
    if (file === undefined) return files;
    const text = file.text.replace('"oldestEventTime":null', '"oldestEventTime":""');
    return [...files, { ...file, text, path: free(files, `copy/${nameOf(file.path)}`) }];
  },
  'give a digest another start': one(isDigest, edited(/("digestStartTime":"[^"]*):\d\dZ/, '$1:07Z')),
  'give a digest times of another year': one(isDigest, edited(/(?<="digest(?:Start|End)Time":")\d{4}/g, '2023')),
  'list another hash': one(isDigest, edited(/"hashValue":"[0-9a-f]{8}/, '"hashValue":"00000000')),
  'forge the hash of the digest before': one(
    isDigest,
    edited(/"previousDigestHashValue":"[0-9a-f]{8}/, '"previousDigestHashValue":"00000000'),
  ),
  'forge the signature of the digest before': one(
    isDigest,
    edited(/"previousDigestSignature":"[0-9a-f]{8}/, '"previousDigestSignature":"00000000'),
  ),
  'cut the signature of the digest before': one(
    isDigest,
    edited(/"previousDigestSignature":"[0-9a-f]{8}/, '"previousDigestSignature":"'),
  ),
  'take the signature of the digest before away': one(
    isDigest,
    edited(/"previousDigestSignature":"[0-9a-f]+"/, '"previousDigestSignature":null'),
  ),
  'give no hexadecimal signature': one(
    isDigest,
    edited(/"previousDigestSignature":"[0-9a-f]{8}/, '"previousDigestSignature":"no hexes'),
  ),
  'name another algorithm': one(isDigest, edited('SHA256withRSA', 'none')),
  'name another key': one(
    isDigest,
    edited(/"digestPublicKeyFingerprint":"[0-9a-f]{8}/, '"digestPublicKeyFingerprint":"00000000'),
  ),
  'edit a log file and its digest': (files, at) => {
    const logs = files.filter(isLog);
    const file = logs[at % Math.max(1, logs.length)];
    if (file === undefined) return files;
    const text = file.text.replace('198.51.100.7', '198.51.100.9');
    return files.map((each) =>
      each === file ? { ...file, text } : { ...each, text: each.text.replace(sha256(file.text), sha256(text)) },
    );
  },
} satisfies Readonly<Record<string, Tampering>>;

const tamperingNames = Object.keys(tamperings) as (keyof typeof tamperings)[];

const keyLists: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'of AWS': [publicKeyList()],
  'of somebody else': [publicKeyList(forger)],
  expired: [publicKeyList(undefined, { to: '2023-01-01T00:00:00Z' })],
};

export interface Case {
  readonly files: readonly HandedOver[];
  readonly brought: BroughtAlong;
}

/** Any tree, what is done to it, and what is brought along. */
export const recipes = fc.record({
  tree: fc.nat(trees.length - 1),
  done: fc.array(fc.tuple(fc.constantFrom(...tamperingNames), fc.nat(40), fc.nat(40)), { maxLength: 5 }),
  keys: fc.constantFrom('of AWS', 'of AWS', 'none', 'of somebody else', 'expired'),
  sidecars: fc.constantFrom('none', 'all', 'wrong'),
});

export type Recipe = typeof recipes extends fc.Arbitrary<infer Value> ? Value : never;

export function caseOf({ tree, done, keys, sidecars }: Recipe): Case {
  const { files: whole = [], digests = [] } = trees[tree] ?? {};
  const files = done.reduce<readonly HandedOver[]>(
    (left, [name, at, other]) => tamperings[name](left, at, other),
    whole,
  );
  const signatures = Object.fromEntries(
    sidecars === 'none'
      ? []
      : digests.map(({ key, signature }) => [key, sidecars === 'all' ? signature : `00${signature.slice(2)}`]),
  );
  // Without gzip members, nothing can stand behind the first of them.
  const possible = files.map((file) => ({ ...file, isAppended: file.isAppended && file.path.endsWith('.gz') }));
  return { files: possible, brought: { keyLists: keyLists[keys] ?? [], signatures } };
}

/** Writes the files below a folder: packed where their names say so, and into archives. */
export async function writeFiles(folder: string, files: readonly HandedOver[]): Promise<string> {
  const archives = new Map<string, ZipMember[]>();
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  for (const file of files) {
    const [archive = '', name] = file.path.split('!/');
    if (name === undefined) await write(file.path, packed(file));
    else archives.set(archive, [...(archives.get(archive) ?? []), { name, bytes: packed(file) }]);
  }
  for (const [path, members] of archives) await write(path, makeZip(members));
  return folder;
}

function packed({ path, text, isAppended }: HandedOver): Uint8Array {
  if (!path.endsWith('.gz')) return Buffer.from(text);
  return isAppended ? Buffer.concat([gzipSync(text, { level: 1 }), gzipSync('{"Records":[]}')]) : gzipSync(text);
}
