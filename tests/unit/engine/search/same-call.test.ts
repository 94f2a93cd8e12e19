import { describe, expect, it } from 'vitest';
import { rowId } from '#contract/ids';
import type { SameCall, SameCallRequest } from '#contract/diff';
import { parseTree } from '#core/json/tree';
import { QuerySets } from '#engine/search/query-sets';
import { findSameCall } from '#engine/search/same-call';
import { indexOf } from '../../../helpers/indexes';

interface Call {
  readonly event?: string;
  readonly minute: number | null;
  readonly identity?: string;
  readonly id?: string;
  readonly parameters?: unknown;
  readonly resources?: unknown;
  readonly account?: string;
  readonly region?: string;
  readonly source?: string;
  /** Of an Insight, the call it tells of: it has no name of its own. */
  readonly insight?: string;
}

/** Asks for the call next to one of these. */
function sameCall(calls: readonly Call[], from: number, direction: SameCallRequest['direction']): SameCall {
  const events = calls.map(
    (
      {
        event = 'AttachRolePolicy',
        minute,
        identity = 'alice',
        id,
        parameters,
        resources,
        account,
        region,
        source,
        insight,
      },
      at,
    ) => ({
      record: {
        eventID: id ?? `e${at}`,
        ...(minute === null ? {} : { eventTime: `2024-03-04T10:${String(minute).padStart(2, '0')}:00Z` }),
        ...(insight === undefined
          ? { eventSource: source ?? 'iam.amazonaws.com', eventName: event }
          : { insightDetails: { eventSource: 'iam.amazonaws.com', eventName: insight } }),
        requestParameters: parameters ?? null,
        ...(resources === undefined ? {} : { resources }),
        ...(region === undefined ? {} : { awsRegion: region }),
      },
      derived: { '@identity': identity, ...(account === undefined ? {} : { '@account': account }) },
    }),
  );
  const { index } = indexOf({ segments: [{ thread: 0, events }] });
  const parsed = parseTree(JSON.stringify(events[from]?.record));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const sets = new QuerySets(index, () => index.newSet());
  return findSameCall({ index, sets }, { row: rowId(from), direction }, parsed.value, calls[from]?.identity ?? 'alice');
}

const role = (roleName: string, policyArn = 'p'): unknown => ({ roleName, policyArn });

describe('the same call before or after', () => {
  it('is the nearest on the same resource, whoever made it', () => {
    const calls = [
      { minute: 1, parameters: role('admin') },
      { minute: 3, parameters: role('admin', 'q'), identity: 'bob' },
      { minute: 4, parameters: role('other') },
      { minute: 4, parameters: role('admin'), event: 'DetachRolePolicy' },
      { minute: 5, parameters: role('admin') },
      { minute: 9, parameters: role('admin') },
    ];
    expect(sameCall(calls, 4, 'previous')).toEqual({
      row: 1,
      by: 'resource',
      name: 'roleName admin',
      message: 'The previous AttachRolePolicy on roleName admin.',
    });
    expect(sameCall(calls, 4, 'next')).toMatchObject({ row: 5, by: 'resource' });
  });

  it('is one by the same identity where none was made on the resource', () => {
    const calls = [
      { minute: 1, parameters: role('one') },
      { minute: 2, parameters: role('two'), identity: 'bob' },
      { minute: 3, parameters: role('three') },
    ];
    expect(sameCall(calls, 2, 'previous')).toEqual({
      row: 0,
      by: 'identity',
      name: 'alice',
      message:
        'There is no earlier AttachRolePolicy on roleName three. Compared with the previous one by alice, which is not on the same resource.',
    });
  });

  it('is one by the same identity where the record names no resource', () => {
    expect(sameCall([{ minute: 2 }, { minute: 1 }, { minute: 0, identity: 'bob' }], 0, 'previous')).toMatchObject({
      row: 1,
      by: 'identity',
      message: 'The previous AttachRolePolicy by alice.',
    });
  });

  it('is one of the same service, account and Region', () => {
    const call = { account: '111111111111', region: 'us-east-1', parameters: role('admin') };
    const calls = [
      { ...call, minute: 1 },
      { ...call, minute: 2, account: '222222222222' },
      { ...call, minute: 3, region: 'eu-west-1' },
      { ...call, minute: 4, source: 'example.amazonaws.com' },
      { ...call, minute: 5 },
      { ...call, minute: 6, account: '222222222222', identity: 'bob' },
      { ...call, minute: 7, region: 'eu-west-1' },
    ];
    expect(sameCall(calls, 4, 'previous')).toMatchObject({
      row: 0,
      message: 'The previous AttachRolePolicy on roleName admin in account 111111111111, us-east-1.',
    });
    expect(sameCall(calls, 4, 'next')).toMatchObject({
      row: null,
      message: 'There is no later AttachRolePolicy on roleName admin or by alice in account 111111111111, us-east-1.',
    });
  });

  it('of a call that sets a policy is one that sets the same policy of the same thing', () => {
    const put = (minute: number, policyName: string): Call => ({
      event: 'PutRolePolicy',
      minute,
      parameters: { roleName: 'admin', policyName, policyDocument: '{}' },
    });
    const calls = [put(1, 'read'), put(2, 'write'), put(3, 'read')];
    expect(sameCall(calls, 2, 'previous')).toMatchObject({ row: 0, name: 'roleName admin, policyName read' });
  });

  it('may not be there, which is said with what was sought', () => {
    expect(sameCall([{ minute: 1, parameters: role('admin') }], 0, 'next')).toEqual({
      row: null,
      by: 'resource',
      name: 'roleName admin',
      message: 'There is no later AttachRolePolicy on roleName admin or by alice.',
    });
  });

  it('must name every resource that the event names', () => {
    const resources = (...arns: readonly string[]): unknown => arns.map((ARN) => ({ ARN }));
    const calls = [
      { minute: 1, resources: resources('bucket', 'object'), identity: 'bob' },
      { minute: 2, resources: resources('bucket'), identity: 'bob' },
      { minute: 3, resources: resources('object', 'bucket') },
    ];
    expect(sameCall(calls, 2, 'previous')).toMatchObject({ row: 0, by: 'resource', name: 'object, bucket' });
  });

  it('follows the order of the list among equal times, with events without a time last', () => {
    const calls = [{ minute: null }, { minute: 5 }, { minute: 5 }, { minute: 5 }];
    expect(sameCall(calls, 2, 'previous').row).toBe(1);
    expect(sameCall(calls, 2, 'next').row).toBe(3);
    expect(sameCall(calls, 3, 'next').row).toBe(0);
    expect(sameCall(calls, 0, 'next').row).toBeNull();
  });

  it('of an Insight is one about the same call', () => {
    const calls = [
      { minute: 1, insight: 'CreateUser' },
      { minute: 2, insight: 'DeleteUser' },
      { minute: 3, event: 'CreateUser' },
      { minute: 4, insight: 'CreateUser' },
    ];
    expect(sameCall(calls, 3, 'previous')).toMatchObject({ row: 0, message: 'The previous CreateUser by alice.' });
  });

  it('is never a duplicate of the event', () => {
    const calls = [
      { minute: 1, id: 'x' },
      { minute: 2, id: 'y' },
      { minute: 3, id: 'y' },
    ];
    expect(sameCall(calls, 2, 'previous').row).toBe(0);
  });
});
