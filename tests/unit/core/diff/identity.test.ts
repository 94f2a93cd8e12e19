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
