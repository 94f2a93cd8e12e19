import { describe, expect, it } from 'vitest';
import { unwrapText } from '../../../helpers/unwrap-text';

const document = (more: Record<string, unknown>): string =>
  JSON.stringify({
    'event.action': 'CreateUser',
    ...more,
    aws: { cloudtrail: { event_version: '1.08', error_code: 'AccessDenied', user_identity: { type: 'IAMUser' } } },
    user: { name: 'alice' },
    '@timestamp': '2024-03-05T02:00:00.000Z',
  });
const event =
  '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"alice"},"eventTime":"2024-03-05T02:00:00Z","eventName":"CreateUser","errorCode":"AccessDenied"}';

describe('an event that was converted from the fields of Elastic', () => {
  it.each([0, 5000])('has all it is made of, also behind %i other fields', (count) => {
    const others = Object.fromEntries(Array.from({ length: count }, (_, i) => [`labels.field${String(i)}`, 'x']));
    expect(unwrapText(document(others))).toEqual({ events: [event], problems: [] });
  });
});
