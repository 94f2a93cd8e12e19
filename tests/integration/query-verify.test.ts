/** The built `query --verify`, as a script calls it. */
import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IntegrityReport } from '#contract/integrity';
import { makeTrail, publicKeyList, writeTrail } from '../helpers/signed-trail';
import { temporaryFolder } from '../helpers/temporary-folder';

const program = join(import.meta.dirname, '../../out/cli/query.js');

function query(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const trail = makeTrail({ hours: [2, 1] });
const [changed, deleted] = trail.logs;
const newest = trail.digests.at(-1);
/** Turns what follows it around on a terminal. */
const hostile = 'gpj.\u202etxt';
let [folder, proofs] = ['', ''];

beforeEach(async () => {
  folder = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
  proofs = await temporaryFolder();
  await writeFile(join(proofs, 'keys.json'), publicKeyList());
  await writeFile(join(proofs, 'spki.json'), publicKeyList(undefined, { form: 'spki' }));
  await writeFile(join(proofs, `${hostile}.json`), '{"PublicKeyList":[]}');
  await writeFile(join(proofs, 'signatures.json'), JSON.stringify({ [newest?.key ?? '']: newest?.signature }));
});

describe('query --verify', () => {
  it('with keys and signatures prints all verdicts as JSON, and ends with 0 where nothing alarms', () => {
    const brought = ['--keys', join(proofs, 'keys.json'), '--keys', join(proofs, 'spki.json')];
    const { code, out, err } = query(
      folder,
      '--verify',
      ...brought,
      '--signatures',
      join(proofs, 'signatures.json'),
      '--json',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(out) as IntegrityReport;
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'summary',
        'digests',
        'files',
        'ledger',
        'names',
        'appended',
        'trailSettings',
        'coverage',
        'keys',
      ]),
    );
    expect(report.digests.map(({ state, level }) => `${state} ${level}`)).toEqual(['ok signed', 'ok signed']);
    expect(report.files.map(({ state, listedIn }) => [state, listedIn])).toEqual([
      ['ok', trail.digests[0]?.key],
      ['ok', trail.digests[0]?.key],
      ['ok', trail.digests[1]?.key],
    ]);
    expect(report.ledger).toEqual({ trails: [] });
    expect(report.keys.map(({ from }) => basename(from))).toEqual(['keys.json', 'spki.json']);
    expect(report.coverage[0]).toMatchObject({
      account: '111122223333',
      from: '2024-05-06T07:00:00Z',
      state: 'verified',
    });
  });

  it('refuses what it cannot use, with 2 and a message without what turns a terminal around', () => {
    const none = query(folder, '--verify', '--keys', join(proofs, `${hostile}.json`));
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('its PublicKeyList is empty');
    expect(none.err).toContain('\\u202e');
    expect(none.err).not.toContain('\u202e');
    expect(query(folder, '--keys', join(proofs, 'keys.json'))).toMatchObject({ code: 2, out: '' });
    expect(query(folder, '--verify', '--keys', join(proofs, 'not-here.json')).code).toBe(2);
  });

  it('ends with 3 where something alarms, and escapes hostile names', async () => {
    const tampered = await writeTrail(await temporaryFolder(), ...trail.logs, ...trail.digests);
    await writeFile(
      join(tampered, changed?.key ?? ''),
      gzipSync(changed?.text.replace('198.51.100.7', '198.51.100.8') ?? ''),
    );
    await rm(join(tampered, deleted?.key ?? ''));
    const appended = Buffer.concat([gzipSync('{"Records":[]}'), gzipSync('{"Records":[]}')]);
    await writeFile(join(tampered, `${hostile}\u001b[2K.json.gz`), appended);

    const text = query(tampered, '--verify');
    expect({ code: text.code, err: text.err }).toEqual({ code: 3, err: '' });
    expect(text.out).toContain(`CHANGED    ${changed?.key ?? ''}`);
    expect(text.out).toContain(`MISSING    ${deleted?.key ?? ''}`);
    expect(text.out).toContain('APPENDED   gpj.\\u202etxt\\u001b[2K.json.gz');
    expect(text.out).not.toMatch(/[\u001b\u202e]/);

    const json = query(tampered, '--verify', '--json');
    expect(json.code).toBe(3);
    expect(json.out).not.toMatch(/[\u001b\u202e]/);
    const { files } = JSON.parse(json.out) as IntegrityReport;
    expect(files.filter(({ state }) => state === 'appended').map(({ path }) => path)).toEqual([
      `${hostile}\u001b[2K.json.gz`,
    ]);
  });
});
