import { describe, expect, it } from 'vitest';
import { changeLines, diffRequests } from '../../../helpers/diffs';

const changes = (left: readonly object[], right: readonly object[]): readonly string[] =>
  changeLines(diffRequests({ items: left }, { items: right }));

describe('what identifies an element', () => {
  /** As AWS's services log them: tags, address ranges, those an image is shared with, stack parameters, devices. */
  it.each(
    `ARN arn Arn Key key TagKey tagKey Sid cidrIp CidrIp cidrIpv6 CidrIpv6 prefixListId PrefixListId groupId GroupId userId UserId
     group Group parameterKey ParameterKey parameterName deviceName DeviceName deviceIndex`.split(/\s+/),
  )('is %s: with another one it is another thing, though all else is equal', (key) => {
    const left = [{ [key]: 'a', size: 1 }];
    const right = [{ [key]: 'b', size: 1 }];
    expect(changes(left, right).map((line) => line[0])).toEqual(['-', '-', '+', '+']);
    expect(changes(left, [{ [key]: 'a', size: 2 }])).toEqual([`~ items[${key}=a].size: 1 → 2`]);
  });

  it.each(['id', 'Id', 'ID', 'name', 'Name', 'volumeId', 'roleArn'])(
    'may be %s, which a new thing has anew: where all else is equal it has changed',
    (key) => {
      expect(changes([{ [key]: 'a', size: 1 }], [{ [key]: 'b', size: 1 }])).toEqual([`~ items[0].${key}: a → b`]);
      const [one, other] = [
        { [key]: 'a', size: 1 },
        { [key]: 'b', size: 2 },
      ];
      expect(changes([one, other], [{ ...other, size: 3 }, one]).map((line) => line.slice(-5))).toEqual(['2 → 3']);
    },
  );
});

describe("what identifies a security group's rule", () => {
  const [lower, upper] = [
    ['ipProtocol', 'fromPort', 'toPort'],
    ['IpProtocol', 'FromPort', 'ToPort'],
  ] as const;

  it.each([lower, upper])('is %s with %s and %s', (protocol, from, to) => {
    const rule = (name: string, first: number, last: number, more: object): object => ({
      [protocol]: name,
      [from]: first,
      [to]: last,
      ...more,
    });
    const rest = rule('udp', 53, 53, { a: 1 });
    const lines = (before: object, after: object): readonly string[] => changes([before, rest], [rest, after]);
    expect(lines(rule('tcp', 22, 22, { a: 1 }), rule('tcp', 22, 22, { a: 2 }))).toEqual(['~ items[tcp 22].a: 1 → 2']);
    expect(lines(rule('tcp', 22, 80, { a: 1 }), rule('tcp', 22, 80, { a: 2 }))).toEqual([
      '~ items[tcp 22-80].a: 1 → 2',
    ]);
    const all = (a: number): object => ({ [protocol]: '-1', a });
    expect(lines(all(1), all(2))).toEqual(['~ items[all traffic].a: 1 → 2']);
  });

  it.each(['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedGroupId', 'isEgress'])(
    'is %s too, where there is a rule for each',
    (key) => {
      const rule = (peer: string, description: string): object => ({
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        [key]: peer,
        description,
      });
      const before = [rule('x', 'one'), rule('y', 'two')];
      expect(changes(before, [rule('y', 'three'), rule('x', 'one')]).map((line) => line.slice(-11))).toEqual([
        'two → three',
      ]);
    },
  );
});

describe('what identifies a statement of a policy', () => {
  const hour = {
    DateLessThan: { 'aws:CurrentTime': '2024-01-01T00:00:00Z' },
    IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
  };
  const day = { DateLessThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' }, IpAddress: { 'aws:SourceIp': '::/0' } };
  const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
  const lines = (left: object, right: object): readonly string[] =>
    changeLines(diffRequests({ policyDocument: left }, { policyDocument: right }));
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
  const write = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::a/*' };

  it('is what it is about, though its condition changed and another one has the old condition', () => {
    const changed = lines(
      policy({ ...read, Condition: hour }, { ...write, Condition: day }),
      policy({ ...write, Condition: hour }, { ...read, Condition: day }),
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((line) => !line.includes('.Condition.'))).toEqual([]);
  });

  it('is all but its Sid, where that was changed', () => {
    expect(lines(policy({ Sid: 'A', ...read }, write), policy(write, { Sid: 'B', ...read }))).toEqual([
      '~ policyDocument.Statement[Sid=B].Sid: A → B',
    ]);
  });
});
