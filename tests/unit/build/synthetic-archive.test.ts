import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeArchive } from '../../../build/tools/synthetic/archive';
import { planFiles } from '../../../build/tools/synthetic/plan';

interface Parsed {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly readOnly: boolean;
  readonly requestParameters: unknown;
  readonly responseElements: unknown;
  readonly userIdentity: { readonly type: string; readonly accessKeyId?: string };
}

const options = { events: 6000, seed: 7 };

function read(settings: { readonly events: number; readonly seed: number }) {
  const files = [...makeArchive(settings)];
  const records = files.flatMap((file) => (JSON.parse(file.json) as { readonly Records: readonly Parsed[] }).Records);
  return { files, records };
}

const digest = (settings: { readonly events: number; readonly seed: number }): string => {
  const sum = createHash('sha256');
  for (const file of makeArchive(settings)) sum.update(file.path).update('\0').update(file.json).update('\0');
  return sum.digest('hex');
};

function countLeaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const parts = Object.values(value);
  return parts.length === 0 ? 1 : parts.reduce<number>((sum, part) => sum + countLeaves(part), 0);
}

const countBy = (records: readonly Parsed[], of: (record: Parsed) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const record of records) counts.set(of(record), (counts.get(of(record)) ?? 0) + 1);
  return counts;
};

describe('the synthetic archive', () => {
  it('is the same for the same seed and another for another', () => {
    expect(digest(options)).toBe(digest(options));
    expect(digest({ ...options, seed: 8 })).not.toBe(digest(options));
  });

  it.each([1, 2, 59, 1999, 2000, 2345])('holds exactly the events asked for: %i', (events) => {
    const { files, records } = read({ events, seed: 1 });
    expect(records).toHaveLength(events);
    expect(files.reduce((sum, file) => sum + file.events, 0)).toBe(events);
    expect(files.every((file) => file.events > 0)).toBe(true);
  });

  it("lies in AWS's folders, each file with its own account, Region and delivery time", () => {
    const { files } = read(options);
    const layout =
      /^AWSLogs\/(\d{12})\/CloudTrail\/([a-z0-9-]+)\/(\d{4})\/(\d\d)\/(\d\d)\/\1_CloudTrail_\2_\3\4\5T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/;
    expect(files.filter((file) => !layout.test(file.path)).map((file) => file.path)).toEqual([]);
    expect(new Set(files.map((file) => file.path)).size).toBe(files.length);
    for (const file of files) {
      const [, account, region, year, month, day] = layout.exec(file.path) ?? [];
      const { Records } = JSON.parse(file.json) as { readonly Records: readonly Parsed[] };
      expect(Records.every((record) => record.recipientAccountId === account && record.awsRegion === region)).toBe(
        true,
      );
      // Delivered after its last event; the name's day is the delivery's.
      const delivered = `${year}-${month}-${day}T23:59:59Z`;
      expect(Records.every((record) => record.eventTime <= delivered)).toBe(true);
    }
  });

  it('is one line of JSON per file, as CloudTrail delivers it', () => {
    const { files } = read({ events: 500, seed: 3 });
    expect(files.every((file) => file.json.startsWith('{"Records":[{') && file.json.endsWith('}]}'))).toBe(true);
    expect(files.some((file) => file.json.includes('\n'))).toBe(false);
  });

  it('looks like the logs of an organisation', () => {
    const { files, records } = read(options);
    const bytes = files.reduce((sum, file) => sum + file.json.length, 0);
    const leaves = records.reduce((sum, record) => sum + countLeaves(record), 0);
    expect(leaves / records.length).toBeGreaterThan(25);
    expect(leaves / records.length).toBeLessThan(36);
    expect(bytes / records.length).toBeGreaterThan(1100);
    expect(bytes / records.length).toBeLessThan(1600);
    expect(countBy(records, (record) => record.eventSource).size).toBeGreaterThan(20);
    expect(countBy(records, (record) => record.userIdentity.type).size).toBeGreaterThanOrEqual(5);
    expect(countBy(records, (record) => record.awsRegion).size).toBe(4);
    expect(countBy(records, (record) => record.recipientAccountId).size).toBe(3);
    const failed = records.filter((record) => record.errorCode !== undefined);
    expect(failed.length / records.length).toBeGreaterThan(0.02);
    expect(failed.length / records.length).toBeLessThan(0.15);
    expect(failed.every((record) => record.responseElements === null)).toBe(true);
    expect(new Set(records.map((record) => record.eventID)).size).toBe(records.length);
  });

  it('is busier by day than by night', () => {
    const everyday = read(options).records.filter((record) => record.sourceIPAddress !== '203.0.113.66');
    const hours = countBy(everyday, (record) => record.eventTime.slice(11, 13));
    expect(hours.get('14') ?? 0).toBeGreaterThan(2 * (hours.get('03') ?? 0));
  });

  it('uses only the accounts and addresses ignored for documentation', () => {
    const { files, records } = read(options);
    const text = files.map((file) => file.json).join();
    const accountIds = new Set(
      Array.from(text.matchAll(/arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/g), (match) => match[1]),
    );
    expect([...accountIds].sort()).toEqual(['111122223333', '123456789012', '444455556666']);
    const allowed = /^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|10\.|2001:db8:)/;
    const addresses = new Set(records.map((record) => record.sourceIPAddress));
    const foreign = [...addresses].filter((address) => !allowed.test(address) && !address.endsWith('.amazonaws.com'));
    expect(foreign).toEqual([]);
  });

  it('has the break-in from one address, in order', () => {
    const { records } = read(options);
    const story = records
      .filter((record) => record.sourceIPAddress === '203.0.113.66')
      .sort((a, b) => (a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : 0));
    const steps = story.map((record) => `${record.eventName}${record.errorCode === undefined ? '' : ' refused'}`);
    const expected = [
      'GetCallerIdentity',
      'DescribeInstances',
      'AttachUserPolicy refused',
      'AssumeRole',
      'CreateUser',
      'AttachUserPolicy',
      'CreateAccessKey',
      'ConsoleLogin',
      'StopLogging refused',
      'DeleteTrail refused',
      'StopLogging',
      'DeleteTrail',
      'PutBucketPolicy',
      'GetObject',
    ];
    // Each step is found after the one before it.
    let from = 0;
    for (const step of expected) {
      const place = steps.indexOf(step, from);
      expect(place, step).toBeGreaterThanOrEqual(from);
      from = place;
    }
    expect(steps.filter((step) => step === 'GetObject').length).toBeGreaterThan(100);
    const created = story.find((record) => record.eventName === 'CreateAccessKey');
    const key = (created?.responseElements as { readonly accessKey: { readonly accessKeyId: string } }).accessKey
      .accessKeyId;
    const byNewKey = story.filter((record) => record.userIdentity.accessKeyId === key);
    expect(byNewKey.map((record) => record.eventName)).toContain('DeleteTrail');
  });
});

describe('the plan of files', () => {
  it('gives every file a stretch of time, one after another at each place', () => {
    const plan = planFiles(100_000);
    const ends = new Map<number, number>();
    for (const file of plan.files) {
      expect(file.fromMs).toBe(ends.get(file.place) ?? plan.startMs);
      expect(file.toMs).toBeGreaterThan(file.fromMs);
      ends.set(file.place, file.toMs);
    }
    expect(new Set(ends.values())).toEqual(new Set([plan.endMs]));
    expect(plan.files.reduce((sum, file) => sum + file.events, 0)).toBe(100_000);
  });

  it('keeps files near the size AWS delivers, however large the archive', () => {
    const sizes = planFiles(10_000_000).files.map((file) => file.events);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1200);
    expect(Math.min(...sizes)).toBeGreaterThan(1100);
  });
});
