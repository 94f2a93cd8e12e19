/** Every single way to tamper with a trail's folder has its exact verdict. */
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeKey, makeTrail, publicKeyList, writeTrail, type SignedTrail } from '../../../helpers/signed-trail';
import { engineHere } from '../../../helpers/engine-here';
import { temporaryFolder } from '../../../helpers/temporary-folder';
import { verifyHere, type Verified } from '../../../helpers/verify-here';

let trail: SignedTrail;
let folder: string;
const keys = { 'keys.json': publicKeyList() };

beforeEach(async () => {
  trail = makeTrail();
  folder = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
});

const logPath = (at: number): string => join(folder, trail.logs[at]?.key ?? '');
const digestPath = (at: number): string => join(folder, trail.digests[at]?.key ?? '');
const logName = (at: number): string => basename(trail.logs[at]?.key ?? '');
const digestName = (at: number): string => basename(trail.digests[at]?.key ?? '');

/** The verdicts that differ from those of the untouched folder. */
function odd({ fileStates, digestStates }: Verified): Record<string, string> {
  const files = Object.entries(fileStates).filter(([, state]) => state !== 'ok');
  const digests = Object.entries(digestStates).filter(([, state]) => !state.startsWith('ok '));
  return Object.fromEntries([...files, ...digests]);
}

async function rewrite(path: string, edit: (text: string) => string): Promise<void> {
  await writeFile(path, gzipSync(edit(gunzipSync(await readFile(path)).toString())));
}

describe('an untouched folder', () => {
  test('is whole: each log file is as listed, each digest but the newest is signed', async () => {
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({});
    expect(verified.alarms).toBe(false);
    expect(Object.values(verified.digestStates)).toEqual(['ok signed', 'ok signed', 'ok signed', 'ok chained']);
    expect(verified.names).toEqual([]);
    expect(verified.summary[2]).toBe('3 of 4 digests are proven by a signature of AWS.');
  });

  test('has nothing that is signed where no keys were brought along', async () => {
    const verified = await verifyHere(folder);
    expect(odd(verified)).toEqual({});
    expect(Object.values(verified.digestStates)).toEqual(Array(4).fill('ok chained'));
    expect(verified.summary[2]).toContain('add the public keys');
  });

  test('has its newest digest signed, too, with the signature that head-object gives', async () => {
    const newest = trail.digests.at(-1);
    const beside = {
      [`${digestName(3)}.head-object.json`]: JSON.stringify({ Metadata: { signature: newest?.signature } }),
    };
    expect((await verifyHere(folder, { ...keys, ...beside })).digestStates[digestName(3)]).toBe('ok signed');
    const list = { 'signatures.json': JSON.stringify({ [newest?.key ?? '']: newest?.signature }) };
    expect((await verifyHere(folder, { ...keys, ...list })).digestStates[digestName(3)]).toBe('ok signed');
  });
});

describe('a log file', () => {
  test('that was edited is changed', async () => {
    await rewrite(logPath(0), (text) => text.replace('198.51.100.7', '198.51.100.8'));
    expect(odd(await verifyHere(folder, keys))).toEqual({ [logName(0)]: 'changed' });
  });

  test('with a gzip member behind it is appended, and its events are found', async () => {
    await appendFile(
      logPath(0),
      gzipSync('{"Records":[{"eventName":"Forged","eventID":"f","eventTime":"2024-05-06T07:20:00Z"}]}'),
    );
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({ [logName(0)]: 'appended' });
    expect(verified.appended).toEqual([{ path: trail.logs[0]?.key, events: 1 }]);
  });

  test('that was deleted is missing', async () => {
    await rm(logPath(3));
    expect(odd(await verifyHere(folder, keys))).toEqual({ [logName(3)]: 'missing' });
  });

  test('that has the content of another keeps its verdict, and its name does not fit', async () => {
    const [one, other] = [await readFile(logPath(0)), await readFile(logPath(1))];
    await writeFile(logPath(0), other);
    await writeFile(logPath(1), one);
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({});
    expect(verified.names.map(({ path }) => basename(path)).sort()).toEqual([logName(0), logName(1)].sort());
  });

  test('that was packed anew, or unpacked, is as listed', async () => {
    await writeFile(logPath(0), gzipSync(gunzipSync(await readFile(logPath(0))), { level: 1 }));
    await writeFile(logPath(1).replace(/\.gz$/, ''), gunzipSync(await readFile(logPath(1))));
    await rm(logPath(1));
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({});
    expect(verified.names).toEqual([]);
  });

  test('that no digest lists is named, within the hours that digests cover', async () => {
    const forged = makeTrail({ trail: 'forged', hours: [1] }).logs;
    await writeTrail(folder, ...forged);
    expect(odd(await verifyHere(folder, keys))).toEqual({ [basename(forged[0]?.key ?? '')]: 'unlisted' });
  });

  test('of the newest hour is not covered yet, so nothing is said against it', async () => {
    const later = makeTrail({ trail: 'later', hours: [0, 0, 0, 1] }).logs;
    await writeTrail(folder, ...later);
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({ [basename(later[0]?.key ?? '')]: 'unverified' });
    expect(verified.alarms).toBe(false);
  });

  test('that stands twice in two contents is changed in the one that is not listed', async () => {
    const copy = join(folder, 'copy', logName(0));
    await mkdir(dirname(copy));
    await writeFile(copy, gzipSync('{"Records":[]}'));
    const { files } = await verifyHere(folder, keys);
    const verdicts = files.filter(({ path }) => path.endsWith(logName(0))).map(({ path, state }) => [path, state]);
    expect(verdicts).toEqual([
      [trail.logs[0]?.key, 'ok'],
      [`copy/${logName(0)}`, 'changed'],
    ]);
  });
});

describe('a digest', () => {
  test('that was edited is changed, and its log files are verified by nothing', async () => {
    await rewrite(digestPath(1), (text) => text.replace('"newestEventTime":null', '"newestEventTime":""'));
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({ [digestName(1)]: 'changed chained', [logName(2)]: 'unverified' });
    expect(verified.alarms).toBe(true);
  });

  test('that was deleted is missing, and its log files are verified by nothing', async () => {
    await rm(digestPath(1));
    expect(odd(await verifyHere(folder, keys))).toEqual({
      [digestName(1)]: 'missing listed',
      [logName(2)]: 'unverified',
    });
  });

  test('and its neighbour that were deleted are both missing', async () => {
    await rm(digestPath(1));
    await rm(digestPath(2));
    expect(odd(await verifyHere(folder, keys))).toEqual({
      [digestName(1)]: 'missing nothing',
      [digestName(2)]: 'missing listed',
      [logName(2)]: 'unverified',
    });
  });

  test('that was deleted at the start of the copy is not missed: the copy begins later', async () => {
    await rm(digestPath(0));
    const verified = await verifyHere(folder, keys);
    expect(odd(verified)).toEqual({ [logName(0)]: 'unverified', [logName(1)]: 'unverified' });
    expect(verified.alarms).toBe(false);
  });

  test('forged with the key of somebody else has no key at hand', async () => {
    const forged = makeTrail({ privateKey: makeKey() });
    folder = await writeTrail(await temporaryFolder(), ...forged.logs, ...forged.digests);
    const verified = await verifyHere(folder, keys);
    expect(Object.values(verified.digestStates)).toEqual(Array(4).fill('ok chained'));
    expect(verified.digests[0]?.reason).toContain('no public key with the fingerprint');
  });

  test('forged under the fingerprint of a key at hand has a wrong signature', async () => {
    await rewrite(digestPath(2), (text) => text.replace(trail.digests[1]?.signature ?? '', 'ab'.repeat(256)));
    const verified = await verifyHere(folder, keys);
    expect(verified.digestStates[digestName(1)]).toBe('changed chained');
    expect(verified.digests.find(({ path }) => path.endsWith(digestName(1)))?.reason).toContain(
      'or the digest after it was',
    );
  });

  test('signed with a key that was not valid then is not proven', async () => {
    const expired = { 'keys.json': publicKeyList(undefined, { to: '2023-01-01T00:00:00Z' }) };
    const verified = await verifyHere(folder, expired);
    expect(Object.values(verified.digestStates)).toEqual(Array(4).fill('ok chained'));
    expect(verified.digests[0]?.reason).toContain('was not valid when it was written');
  });

  test('in two contents is the one that the next one names', async () => {
    const copy = join(folder, 'copy', digestName(1));
    await mkdir(dirname(copy));
    await writeFile(
      copy,
      gzipSync(
        gunzipSync(await readFile(digestPath(1)))
          .toString()
          .replace('"newestEventTime":null', '"newestEventTime":""'),
      ),
    );
    const { digests } = await verifyHere(folder, keys);
    const verdicts = digests.filter(({ path }) => path.endsWith(digestName(1)));
    expect(verdicts.map(({ path, state }) => [path, state])).toEqual([
      [trail.digests[1]?.key, 'ok'],
      [`copy/${digestName(1)}`, 'changed'],
    ]);
  });

  test('that is no digest is malformed, and stops nothing', async () => {
    await writeFile(digestPath(1), gzipSync('{"digestEndTime": 7, "logFiles": "none"}'));
    const verified = await verifyHere(folder, keys);
    expect(verified.digestStates[digestName(1)]).toBe('malformed nothing');
    expect(verified.fileStates[logName(0)]).toBe('ok');
  });

  test('whose chain begins anew after validation was stopped is no alarm', async () => {
    const anew = makeTrail({ hours: [1, 1, 1, 1], restarts: [2] });
    folder = await writeTrail(await temporaryFolder(), ...anew.logs, ...anew.digests);
    expect((await verifyHere(folder, keys)).alarms).toBe(false);
  });

  test('made afterwards for earlier hours is a chain of its own', async () => {
    const backfill = makeTrail({ isBackfill: true, hours: [1, 1], start: Date.UTC(2024, 3, 1) });
    await writeTrail(folder, ...backfill.logs, ...backfill.digests);
    expect(odd(await verifyHere(folder, keys))).toEqual({});
  });
});

describe('the events', () => {
  test('of a file are found by its state, and those behind its end by theirs', async () => {
    await rewrite(logPath(5), (text) => text.replace('198.51.100.7', '198.51.100.8'));
    await appendFile(
      logPath(0),
      gzipSync('{"Records":[{"eventName":"Forged","eventID":"f","eventTime":"2024-05-06T07:20:00Z"}]}'),
    );
    const engine = engineHere();
    await engine.open(folder);
    expect(await engine.names('integrity:appended')).toEqual(['Forged']);
    expect(await engine.names('integrity:changed')).toEqual(['DescribeInstances', 'DescribeInstances']);
    const { values } = await engine.facet('', 'integrity');
    expect(values.map(({ value, count }) => [value, count])).toEqual([
      ['ok', 10],
      ['changed', 2],
      ['appended', 1],
    ]);
  });
});

describe('the verdicts stay the same', () => {
  test('where all files lie flat in one folder under other names', async () => {
    await rewrite(logPath(0), (text) => text.replace('198.51.100.7', '198.51.100.8'));
    await rm(logPath(5));
    const before = Object.values((await verifyHere(folder, keys)).fileStates).sort();
    const flat = await temporaryFolder();
    const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const [at, { parentPath, name }] of names.entries()) {
      const isEdited = join(parentPath, name) === logPath(0);
      await rename(join(parentPath, name), join(flat, isEdited ? name : `${String(at)}.gz`));
    }
    expect(Object.values((await verifyHere(flat, keys)).fileStates).sort()).toEqual(before);
  });
});
