/** CloudTrail's own deliveries, as events record them, against what is open. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeTrail, writeTrail, type TrailFile } from '../../../helpers/signed-trail';
import { temporaryFolder } from '../../../helpers/temporary-folder';
import { verifyHere } from '../../../helpers/verify-here';

const bucket = 'logs-of-tests';
const trail = makeTrail({ hours: [4, 4, 4, 4, 4] });
const small = makeTrail({ hours: [1, 1], trail: 'small', prefix: 'small/', account: '444455556666' });

let made = 0;
function delivery(eventName: string, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  made++;
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
    eventTime: '2024-05-06T12:00:00Z',
    eventSource: eventName === 'PutObject' ? 's3.amazonaws.com' : 'kms.amazonaws.com',
    eventName,
    awsRegion: 'eu-central-1',
    sourceIPAddress: 'cloudtrail.amazonaws.com',
    eventID: `delivery ${String(made)}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...more,
  };
}

const put = (key: string, bytes: number, more = {}): Readonly<Record<string, unknown>> =>
  delivery('PutObject', {
    requestParameters: { bucketName: bucket, key },
    additionalEventData: { bytesTransferredIn: bytes },
    ...more,
  });

const dataKey = (arn: string, object: string): Readonly<Record<string, unknown>> =>
  delivery('GenerateDataKey', {
    requestParameters: { encryptionContext: { 'aws:cloudtrail:arn': arn, 'aws:s3:arn': `arn:aws:s3:::${object}` } },
  });

/** Writes the files, and the events of their deliveries in a file of their own. */
async function delivered(
  files: readonly TrailFile[],
  more: (sizes: ReadonlyMap<string, number>) => readonly unknown[] = () => [],
): Promise<string> {
  const folder = await writeTrail(await temporaryFolder(), ...files);
  const sizes = new Map<string, number>();
  for (const { key } of files) sizes.set(key, (await stat(join(folder, key))).size);
  const events = [...Array.from(sizes, ([key, size]) => put(key, size)), ...more(sizes)];
  await writeFile(join(folder, 'deliveries.json'), JSON.stringify({ Records: events }));
  return folder;
}

test('any ten deleted log files are named, and nothing else alarms', async () => {
  const folder = await delivered([...trail.logs, ...small.logs]);
  expect((await verifyHere(folder)).alarms).toBe(false);

  const gone = trail.logs.filter((_, at) => at % 2 === 1).map(({ key }) => key);
  expect(gone).toHaveLength(10);
  for (const key of gone) await rm(join(folder, key));
  const { ledger, files, digests, names, alarms } = await verifyHere(folder);
  expect(ledger.trails.flatMap(({ absentLogs }) => absentLogs).sort()).toEqual([...gone].sort());
  expect({ alarms, digests, names }).toEqual({ alarms: true, digests: [], names: [] });
  expect(new Set(files.map(({ state }) => state))).toEqual(new Set(['unverified']));
});

test('deliveries are told apart by bucket and prefix, and named after the trail where a call names it', async () => {
  const arn = 'arn:aws:cloudtrail:eu-central-1:444455556666:trail/small';
  const folder = await delivered([...trail.logs, ...small.logs], () => [
    dataKey(arn, `${bucket}/${small.logs[0]?.key ?? ''}`),
  ]);
  const { ledger } = await verifyHere(folder);
  expect(ledger.trails.map(({ trail: name, prefix, recorded, present }) => [name, prefix, recorded, present])).toEqual([
    ['', '', 20, 20],
    [arn, 'small/', 2, 2],
  ]);
});

test('a data key names a delivery by itself, and nothing with S3 Bucket Keys', async () => {
  const arn = 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/main';
  const absent =
    'AWSLogs/111122223333/CloudTrail/eu-central-1/2024/05/06/111122223333_CloudTrail_eu-central-1_20240506T1300Z_x.json.gz';
  const folder = await delivered([], () => [dataKey(arn, `${bucket}/${absent}`), dataKey(arn, bucket)]);
  expect((await verifyHere(folder)).ledger.trails).toEqual([
    { trail: arn, bucket, prefix: '', recorded: 1, present: 0, repacked: 0, absentLogs: [absent], absentDigests: 0 },
  ]);
});

test('a file that was packed anew is present, with another size', async () => {
  const folder = await delivered(trail.logs);
  const [log] = trail.logs;
  await writeFile(join(folder, log?.key ?? ''), gzipSync(log?.text ?? '', { level: 0 }));
  const { ledger, alarms } = await verifyHere(folder);
  expect({ alarms, ledger: ledger.trails }).toMatchObject({
    alarms: false,
    ledger: [{ recorded: 20, present: 20, repacked: 1, absentLogs: [] }],
  });
});

test('digests that were not handed over are counted apart, and are no alarm', async () => {
  const folder = await delivered(trail.logs, () => trail.digests.map(({ key }) => put(key, 700)));
  const { ledger, alarms } = await verifyHere(folder);
  expect({ alarms, ledger: ledger.trails }).toMatchObject({
    alarms: false,
    ledger: [{ recorded: 20, present: 20, absentDigests: 5 }],
  });
});

test('set-up tests, failed calls, calls of others and forged events record no delivery', async () => {
  const absent = trail.logs[0]?.key.replace('T0720Z', 'T0725Z') ?? '';
  const folder = await delivered([], () => [
    put('AWSLogs/111122223333/CloudTrail/', 0),
    put('AWSLogs/111122223333/', 0),
    put(absent, 1, { errorCode: 'AccessDenied' }),
    put(absent, 1, { userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/mary' } }),
  ]);
  const records = (events: readonly unknown[]): Uint8Array => gzipSync(JSON.stringify({ Records: events }));
  await writeFile(join(folder, 'more.json.gz'), Buffer.concat([records([put('x/', 0)]), records([put(absent, 1)])]));
  expect((await verifyHere(folder)).ledger.trails).toEqual([]);
});
