import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordFormat } from '#contract/record-formats';
import { Unwrapper, type Candidate } from '#engine/formats/unwrap';
import { decodeWtf8, encodeWtf8 } from '#engine/text/wtf8';

interface Found {
  readonly json: string;
  readonly format: RecordFormat;
  readonly place: string;
  readonly isInPlace: boolean;
}

function foundIn(text: string): readonly Found[] {
  const found: Found[] = [];
  const bytes = encodeWtf8(text);
  const json = ({ bytes, start, end }: Candidate['span']): string => decodeWtf8(bytes, start, end);
  new Unwrapper(({ span, place, format, isInPlace }) => {
    found.push({ json: json(span), format, place: json(place), isInPlace });
  }).value({ bytes, start: 0, end: bytes.length }, null);
  return found;
}

const event = '{"eventName":"A","text":"\\ud800 \\u00e9 \\/ é"}';
const quote = (text: string): string => JSON.stringify(text);

describe('what is looked for in an object', () => {
  it('is the event itself where it is one', () => {
    expect(foundIn(event)).toEqual([{ json: event, format: 'events', place: event, isInPlace: true }]);
  });

  it('is an event written in it as it is, at its own location', () => {
    expect(foundIn(`{"detail-type":"x", "detail" : ${event} }`)).toEqual([
      { json: event, format: 'eventbridge', place: event, isInPlace: true },
    ]);
  });

  it('is the text of an event, placed where the object stands', () => {
    const text = `{"MessageId":"m","Body":${quote(event)}}`;
    expect(foundIn(text)).toEqual([{ json: event, format: 'events', place: text, isInPlace: false }]);
  });

  it('has the element of a list for its place, not the list', () => {
    const one = `{"_source":{"event.original":${quote(event)}}}`;
    const places = foundIn(`{"hits":{"hits":[${one},${one}]}}`).map(({ place }) => place);
    expect(places).toEqual([one, one]);
  });

  it('is of the outermost format, whatever is inside', () => {
    const inner = `{"detail-type":"x","detail":${event}}`;
    expect(foundIn(`{"id":"1","message":${quote(inner)}}`).map(({ format }) => format)).toEqual([
      'cloudwatch-subscription',
    ]);
  });

  it('stands behind what logs put before a message', () => {
    const text = `{"message":${quote(`Mar 5 host app: ${event}`)},"ingestionTime":1}`;
    expect(foundIn(text).map(({ json }) => json)).toEqual([event]);
  });

  it('is found once where it stands there twice', () => {
    const text = `{"_source":{"message":${quote(event)},"event":{"original":${quote(event)}}},"_raw":${quote(event)}}`;
    expect(foundIn(text)).toHaveLength(1);
  });

  it('is the object after all where it has the key of a wrapper, and nothing in it', () => {
    const odd = '{"eventName":"A","body":"hello"}';
    expect(foundIn(odd).map(({ json }) => json)).toEqual([odd]);
  });

  it.each([
    ['plain text', '{"message":"hello {world}"}'],
    ['nothing', '{"Body":""}'],
    ['other JSON', `{"Body":${quote('{"foo":1}')}}`],
    ['a member that is not looked into', `{"other":${event}}`],
  ])('is not there: %s', (_, text) => {
    expect(foundIn(text)).toEqual([]);
  });

  it('is not looked for without end in texts in texts, or in lists in lists', () => {
    let text = event;
    for (let i = 0; i < 12; i++) text = `{"Body":${quote(text)}}`;
    expect(foundIn(text)).toEqual([]);
    expect(foundIn(`{"Body":${'['.repeat(50_000)}`)).toEqual([]);
  });

  it('comes out of any text as it went in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.string(), fc.constantFrom('\ud800', '\udc00', '"', '\\', '\n')) }),
        (text) => {
          // A text in JSON is well-formed; only its escapes may stand for what is not.
          const json = `{"eventName":${quote(text)}}`;
          const wrapped = `{"Body":${quote(json).replaceAll('é', '\\u00e9').replaceAll('/', '\\/')}}`;
          expect(foundIn(wrapped).map(({ json }) => json)).toEqual([json]);
        },
      ),
    );
  });

  it('leads to no error, whatever is broken', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\\',
      '\\"',
      '\n',
      '"Body"',
      '"Records"',
      '"eventName"',
      'x',
      '{"message":"{\\"a',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
        expect(() => foundIn(parts.join(''))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
