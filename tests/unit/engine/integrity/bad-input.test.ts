/** Digests, keys and signatures that are none, or are too many: each has its message, and none stops the checks. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { maxDigestBytes, TextHash } from '#engine/decode/text-content';
import { checkDigests, type DigestFile } from '#core/integrity/check-digests';
import { checkFiles, type Content } from '#core/integrity/check-files';
import { coverageOf } from '#core/integrity/coverage';
import { maxListedLogs, readDigest } from '#core/integrity/digest';
import { proofsIn } from '#engine/integrity/proof-files';
import { makeTrail, publicKeyList, sha256, writeTrail } from '../../../helpers/signed-trail';
import { temporaryFolder } from '../../../helpers/temporary-folder';
import { verifyHere } from '../../../helpers/verify-here';

const hour = 3_600_000;
const trail = makeTrail();
const first = JSON.parse(trail.digests[0]?.text ?? '') as Readonly<Record<string, unknown>>;
const nothing = { signatureOf: () => null, check: () => 'no-key' as const };

const reasonOf = (text: string): string => {
  const read = readDigest(text);
  return read.ok ? '' : read.error;
};

describe('what should be a digest and is none', () => {
  test.each([
    ['not valid JSON', ''],
    ['not a JSON object', '[]'],
    ['not a JSON object', 'null'],
    ['digestStartTime or digestEndTime is no time', JSON.stringify({ ...first, digestEndTime: 'soon' })],
    ['it ends before it begins', JSON.stringify({ ...first, digestStartTime: '2030-01-01T00:00:00Z' })],
    ['it does not name its own object', JSON.stringify({ ...first, digestS3Object: 7 })],
    ['logFiles is no list', JSON.stringify({ ...first, logFiles: { 0: {} } })],
    ['an entry of logFiles is no object', JSON.stringify({ ...first, logFiles: [null] })],
    ['an entry of logFiles has no key or no hash', JSON.stringify({ ...first, logFiles: [{ s3Object: 'a' }] })],
    [
      'an entry of logFiles has a hash that is not SHA-256',
      JSON.stringify({ ...first, logFiles: [{ s3Object: 'a', hashValue: '00', hashAlgorithm: 'MD5' }] }),
    ],
    ['digestStartTime or digestEndTime is no time', `{"__proto__":${JSON.stringify(first)}}`],
  ])('is not read: %#, %s', (reason, text) => {
    expect(reasonOf(text)).toBe(reason);
  });

  test('a list of more than a million log files is refused as a whole', () => {
    const entry = JSON.stringify({ s3Bucket: 'b', s3Object: 'k', hashValue: '0'.repeat(64), hashAlgorithm: 'SHA-256' });
    const start = JSON.stringify({ ...first, logFiles: [] }).slice(0, -2);
    expect(reasonOf(`${start}${`${entry},`.repeat(maxListedLogs)}${entry}]}`)).toBe(
      'it lists more than a million log files',
    );
  });

  test('has its message in the report, and the rest is checked', async () => {
    const folder = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
    const bad = trail.digests[0]?.key.replace(/T\d{6}Z/, 'T001230Z') ?? '';
    await writeFile(join(folder, bad), gzipSync('{"digestEndTime":"2024-05-06T00:12:30Z","logFiles":'));
    const { digests, fileStates } = await verifyHere(folder, { 'keys.json': publicKeyList() });
    expect(digests.filter(({ state }) => state === 'malformed').map(({ path }) => path)).toEqual([bad]);
    expect(new Set(Object.values(fileStates))).toEqual(new Set(['ok']));
  });
});

test('a digest larger than 64 MB is hashed and not kept', () => {
  const piece = Buffer.alloc(2 ** 20, ' ');
  const sizes = [maxDigestBytes, maxDigestBytes + piece.length].map((bytes) => {
    const hash = new TextHash();
    const begin = Buffer.from(piece);
    begin.write('{"digestEndTime":');
    for (let at = 0; at < bytes; at += piece.length) hash.push(at === 0 ? begin : piece, at + piece.length === bytes);
    const content = hash.end(true);
    return [content?.sha256.length, content?.digest?.length];
  });
  expect(sizes).toEqual([
    [32, maxDigestBytes],
    [32, undefined],
  ]);
});

test('a log file that cannot be read is here, and not as listed', async () => {
  const folder = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
  const [log] = trail.logs;
  await writeFile(join(folder, log?.key ?? ''), 'torn');
  const { files } = await verifyHere(folder);
  expect(files.filter(({ state }) => state !== 'ok')).toMatchObject([{ path: log?.key, state: 'changed' }]);
});

describe('chains', () => {
  const read = readDigest(JSON.stringify(first));
  if (!read.ok) throw new Error(read.error);
  const { value: plain } = read;

  /** One that names another as the one before. */
  const naming = (name: string, previous: string, end: number): DigestFile => ({
    path: name,
    sha256: `hash of ${name}`,
    isAppended: false,
    digest: {
      ...plain,
      key: name,
      start: end - hour,
      end,
      previous: { bucket: plain.bucket, key: previous, sha256: `hash of ${previous}` },
      previousSignature: 'abcd',
    },
  });

  test('that lead in a circle, or to themselves, have one digest at fault', () => {
    const end = Date.UTC(2024, 4, 6);
    const files = [
      naming('a', 'b', end),
      naming('b', 'c', end + 1000),
      naming('c', 'a', end + 2000),
      naming('d', 'd', end),
    ];
    const { checked } = checkDigests(files, nothing);
    const atFault = checked.filter(({ verdict }) =>
      verdict.reason.startsWith('the digests that it names as those before'),
    );
    expect(atFault.map(({ file }) => file.path).sort()).toEqual(['c', 'd']);
  });

  function chain(length: number): DigestFile[] {
    return Array.from({ length }, (_, at) =>
      naming(`AWSLogs/1/${String(at)}`, `AWSLogs/1/${String(at - 1)}`, Date.UTC(2024, 0, 1) + at * hour),
    );
  }

  function secondsFor(files: readonly DigestFile[]): number {
    const begin = process.cpuUsage();
    const { checked } = checkDigests(files, nothing);
    checkFiles([], checked);
    expect(checked).toHaveLength(files.length);
    return process.cpuUsage(begin).user;
  }

  test('of 100,000 digests take no more time for each than short ones', () => {
    const long = chain(100_000);
    secondsFor(long.slice(0, 10_000));
    const short = Math.min(secondsFor(long.slice(0, 10_000)), secondsFor(long.slice(0, 10_000)));
    expect(secondsFor(long) / short).toBeLessThan(40);
  });

  test('with many contents of one digest, each named differently by many others, are ambiguous at once', () => {
    const end = Date.UTC(2024, 4, 6);
    const contents = Array.from({ length: 3000 }, (_, at) => ({
      ...naming('a', 'none', end),
      sha256: sha256(String(at)),
    }));
    const followers = Array.from({ length: 3000 }, (_, at) => naming(`f${String(at)}`, 'a', end + hour));
    let checks = 0;
    const { checked } = checkDigests([...contents, ...followers], {
      signatureOf: () => null,
      check: () => {
        checks++;
        return 'no-key';
      },
    });
    expect(checked.filter(({ verdict }) => verdict.state === 'ambiguous')).toHaveLength(contents.length);
    expect(checks).toBe(0);
  });
});

test('two digests for one hour, with different names, are both checked', async () => {
  const other = makeTrail({ trail: 'other', hours: [2, 1, 0, 3] });
  const folder = await writeTrail(
    await temporaryFolder(),
    ...trail.logs,
    ...trail.digests,
    ...other.logs,
    ...other.digests,
  );
  const { alarms, counts } = await verifyHere(folder, { 'keys.json': publicKeyList() });
  expect({ alarms, signed: counts.signed, ok: counts.files.ok }).toEqual({ alarms: false, signed: 6, ok: 12 });
});

describe('files of one name', () => {
  const [log] = trail.logs;
  const digest = readDigest(trail.digests[0]?.text ?? '');
  if (!digest.ok || log === undefined) throw new Error('the trail has no digest');
  const { checked } = checkDigests([{ path: 'd', digest: digest.value, sha256: '', isAppended: false }], nothing);
  const content = (path: string, hash: string): Content => ({
    path,
    sha256: hash,
    isAppended: false,
    isLog: true,
    newest: null,
    accounts: [],
    regions: [],
  });
  const name = log.key.slice(log.key.lastIndexOf('/') + 1);

  test('of which none has the listed content are ambiguous', () => {
    const states = checkFiles([content(`a/${name}`, '01'), content(`b/${name}`, '02')], checked).map(
      ({ state }) => state,
    );
    expect(states.slice(0, 2)).toEqual(['ambiguous', 'ambiguous']);
  });

  test('are changed where one of them is the listed one, or stands at its key', () => {
    const [, atOther] = checkFiles([content(`a/${name}`, sha256(log.text)), content(`b/${name}`, '02')], checked);
    expect(atOther).toMatchObject({
      state: 'changed',
      reason: `the digest lists another content under its name, which is in a/${name}`,
    });
    const states = checkFiles([content(log.key, '01'), content(`b/${name}`, '02')], checked).map(({ state }) => state);
    expect(states.slice(0, 2)).toEqual(['changed', 'changed']);
  });

  test('with .. in them are names like others', () => {
    const listing = { ...digest.value, logs: [{ bucket: 'b', key: '../../etc/passwd', sha256: '03' }] };
    const { checked: hostile } = checkDigests([{ path: 'd', digest: listing, sha256: '', isAppended: false }], nothing);
    expect(checkFiles([], hostile).map(({ path, state }) => [path, state])).toEqual([['../../etc/passwd', 'missing']]);
  });
});

test('a file on the hour covers the hour before, which its name is rounded up from', async () => {
  const onTheHour = makeTrail({ hours: [1], start: Date.UTC(2024, 4, 6, 7, 53) });
  const folder = await writeTrail(await temporaryFolder(), ...onTheHour.digests);
  const { coverage } = await verifyHere(folder);
  expect(coverage[0]).toMatchObject({
    state: 'incomplete',
    from: Date.UTC(2024, 4, 6, 7),
    to: Date.UTC(2024, 4, 6, 8),
  });
});

test('200,000 files of one Region have a coverage', () => {
  const witness = { account: '1', region: 'r', from: 0, to: 0, says: 'file' as const };
  const spans = coverageOf(Array.from({ length: 200_000 }, () => witness));
  expect(spans).toMatchObject([{ state: 'present', from: 0, to: hour }]);
});

describe('files brought along that are of no use', () => {
  const problemOf = (value: unknown): string => {
    const read = proofsIn(typeof value === 'string' ? value : JSON.stringify(value), 'proofs.json');
    return read.ok ? '' : read.error;
  };
  const listOf = (...keys: readonly unknown[]): unknown => ({ PublicKeyList: keys });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' });

  test.each([
    ['it is neither JSON nor a signature', ''],
    ['it is neither JSON nor a signature', '{"PublicKeyList":'],
    ['it is no JSON object', []],
    ['it holds neither public keys nor signatures of digests', {}],
    ['it holds neither public keys nor signatures of digests', { __proto__: 1, a: 2 }],
    ['its PublicKeyList is empty', listOf()],
    ['key 1: no object', listOf(null)],
    ['key 1: it has no Value or no Fingerprint', listOf({ Value: 'AAAA' })],
    ['key 1: its Value is no RSA public key', listOf({ Value: 'AAAA', Fingerprint: '00' })],
    ['key 1: its Value is no RSA public key', listOf({ Value: ec.toString('base64'), Fingerprint: '00' })],
    [
      'key 1: its Fingerprint is not that of its Value: one of them is damaged',
      publicKeyList().replace(/"Fingerprint":"[0-9a-f]{4}/, '"Fingerprint":"0000'),
    ],
    ['it lists more than 10,000 keys', listOf(...Array<null>(10_001).fill(null))],
    ['what it gives as a signature is not hexadecimal', { 'x_CloudTrail-Digest_y.json.gz': 'no signature' }],
    ['what it gives as a signature is not hexadecimal', { Metadata: { signature: 'abc' } }],
  ])('have a message: %#, %s', (problem, value) => {
    expect(problemOf(value)).toBe(problem);
  });

  test('the same key twice is one key', () => {
    const list = JSON.parse(publicKeyList()) as { readonly PublicKeyList: readonly unknown[] };
    const read = proofsIn(JSON.stringify(listOf(...list.PublicKeyList, ...list.PublicKeyList)), 'keys.json');
    expect(read.ok && new Set(read.value.keys.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  });

  test('a signature named __proto__ is one like others', () => {
    const read = proofsIn(`{"__proto__":"abcd"}`, 'signatures.json');
    expect(read.ok && [...read.value.signatures]).toEqual([['__proto__', 'abcd']]);
  });

  test('both spellings of the list and both forms of a key are read', () => {
    for (const form of ['pkcs1', 'spki'] as const) {
      const text = publicKeyList(undefined, { form }).replace('PublicKeyList', 'publicKeyList');
      expect(problemOf(text)).toBe('');
    }
  });
});

test('a signature of the wrong length is wrong', async () => {
  const newest = trail.digests.at(-1);
  const folder = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
  const { digests } = await verifyHere(folder, {
    'keys.json': publicKeyList(),
    'signatures.json': JSON.stringify({ [newest?.key ?? '']: newest?.signature.slice(2) }),
  });
  expect(digests.find(({ path }) => path === newest?.key)).toMatchObject({
    state: 'changed',
    reason: 'its signature is wrong: it was changed, or the signature was',
  });
});
