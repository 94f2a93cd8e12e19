import { describe, expect, it } from 'vitest';
import { ReadEvents } from '#engine/formats/read-events';

const spanOf = (text: string) => ({ bytes: Buffer.from(`,${text},`), start: 1, end: text.length + 1 });

function has(read: readonly string[], text: string): boolean {
  const events = new ReadEvents();
  for (const event of read) events.add(spanOf(event));
  return events.has(spanOf(text));
}

const event = '{"eventID":"e-1","userIdentity":{"type":"Root","tags":["a",1]},"readOnly":true}';
const other = '{"eventID":"e-2"}';

describe('another form of an event', () => {
  it.each([
    ['the same text', event],
    ['other spacing', event.replaceAll(':', ' : ')],
    ['another order of keys', '{"readOnly":true,"userIdentity":{"tags":["a",1],"type":"Root"},"eventID":"e-1"}'],
    ['a part of its values', '{"eventID":"e-1","userIdentity":{"type":"Root"}}'],
    ['labels of a tool next to them', '{"eventID":"e-1","pod":"x"}'],
  ])('is recognised with %s', (_, text) => {
    expect(has([event], text)).toBe(true);
    expect(has([other, event, other], text)).toBe(true);
    expect(has(['not JSON', event], text)).toBe(true);
  });

  it.each([
    ['another value', '{"eventID":"e-3"}'],
    ['a field the event lacks', '{"eventID":"e-1","awsRegion":"us-east-1"}'],
    ['another value deep inside', '{"eventID":"e-1","userIdentity":{"type":"IAMUser"}}'],
    ['a shorter list', '{"eventID":"e-1","userIdentity":{"tags":["a"]}}'],
    ['a longer list', '{"eventID":"e-1","userIdentity":{"tags":["a",1,2]}}'],
    ['another order of a list', '{"eventID":"e-1","userIdentity":{"tags":[1,"a"]}}'],
    ['a text where the event has an object', '{"eventID":"e-1","userIdentity":"Root"}'],
    ['an object where the event has a text', '{"eventID":{"a":"e-1"}}'],
    ['a list where the event has an object', '{"eventID":"e-1","userIdentity":[]}'],
    ['an unknown key that holds no text', '{"eventID":"e-1","pod":1}'],
    ['no object', '["e-1"]'],
    ['broken JSON', '{"eventID":"e-1"'],
  ])('is not recognised with %s', (_, text) => {
    expect(has([other, event], text)).toBe(false);
  });

  it('is one of values that were all read from one event', () => {
    expect(has(['{"eventID":"e-1"}', '{"eventName":"A"}'], '{"eventID":"e-1","eventName":"A"}')).toBe(false);
  });

  it('is looked for among the last 16', () => {
    const later = Array.from({ length: 16 }, (_, i) => `{"eventID":"later-${String(i)}"}`);
    expect(has([event, ...later.slice(1)], '{"eventID":"e-1"}')).toBe(true);
    expect(has([event, ...later], '{"eventID":"e-1"}')).toBe(false);
  });
});
