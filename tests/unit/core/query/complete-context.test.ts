import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionContext, restOf } from '#core/query/complete-context';
import { createFieldLookup } from '#core/query/field-lookup';
import { anyText, queryPaths } from '../../../helpers/queries';

const fields = createFieldLookup(queryPaths);

/** What is offered where `|` stands, with the text it would replace. */
function at(marked: string): unknown {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const context = completionContext(text, cursor, fields);
  if (context.kind === 'none') return 'none';
  if (context.kind === 'like' || context.kind === 'last-period')
    return [context.kind, context.prefix, text.slice(context.from, context.to)].join(' / ');
  const field = context.kind === 'value' ? [context.field, context.quoted ? 'quoted' : 'bare'] : ['name'];
  return [...field, context.prefix, text.slice(context.from, context.to)].join(' / ');
}

describe('what is completed', () => {
  it.each([
    ['|', 'name /  / '],
    ['a |', 'name /  / '],
    ['a (|', 'name /  / '],
    ['-|', 'name /  / '],
    ['serv|', 'name / serv / serv'],
    ['-se|rv', 'name / se / serv'],
    ['OR|', 'name / OR / OR'],
    ['ser|vice:s3', 'name / ser / service'],
    ['evnt:x|', 'name / evnt:x / evnt:x'],
    ['service:|', 'service / bare /  / '],
    ['service:| x', 'service / bare /  / '],
    ['service: |', 'service / bare /  / '],
    ['service : |', 'service / bare /  / '],
    ['service : s|3 x', 'service / bare / s / s3'],
    ['service | : s3', 'name /  / '],
    ['event : (a OR b|', 'event / bare / b / b'],
    ['service:|s3', 'service / bare /  / s3'],
    ['service:s|3 x', 'service / bare / s / s3'],
    ['event:Get\\*|', 'event / bare / Get* / Get\\*'],
    ['event:"a \\"b|', 'event / quoted / a "b / "a \\"b'],
    ['event:"a|b" x', 'event / quoted / a / "ab"'],
    ['event:(|', 'event / bare /  / '],
    ['event:(a OR |)', 'event / bare /  / '],
    ['event:(a OR b|)', 'event / bare / b / b'],
    ['event:(a (b OR c|', 'event / bare / c / c'],
    ['event:(-|', 'event / bare /  / '],
    ['event:(OR|', 'event / bare / OR / OR'],
    ['event:(a) ser|', 'name / ser / ser'],
    ['time>=|', 'time / bare /  / '],
    ['event:/a|', 'none'],
    ['~del|', 'like / del / del'],
    ['a ~|', 'like /  / '],
    ['user.name:al|', 'identity / bare / al / al'],
    ['x src_ip=10.|', 'ip / bare / 10. / 10.'],
    ['@timestamp>=2023|', 'time / bare / 2023 / 2023'],
    ['src_ip|=10.', 'name / src_ip / src_ip=10.'],
    ['a last 2|', 'last-period / last 2 / last 2'],
    ['last |', 'last-period / last  / last '],
    ['elast 2|', 'name / 2 / 2'],
    ['"two w|', 'none'],
    ['event:"a"|', 'none'],
    ['(a)|', 'none'],
  ])('%s: %s', (marked, expected) => {
    expect(at(marked)).toBe(expected);
  });

  it.each([
    ['service:s3 ev|', 'service:s3  * '],
    ['service:s3 event:G|', 'service:s3  * '],
    ['service:s3 -event:G| ip:1.2.3.4', 'service:s3  *  ip:1.2.3.4'],
    ['service:s3 NOT event:|', 'service:s3  * '],
    ['ev|ent:Get service:s3', ' *  service:s3'],
    ['event:(a OR b|) service:s3', ' *  service:s3'],
    ['service:s3 -event:(a OR |', 'service:s3  * '],
    ['service:s3 OR event:"a b|"', 'service:s3 OR  * '],
    ['(service:s3 event:G|)', '(service:s3  * )'],
    ['service:s3 user.name:al|', 'service:s3  * '],
    ['service:s3 last 2|', 'service:s3  * '],
    ['service:s3 ~de|', 'service:s3  * '],
    ['time>=2023 time<|', 'time>=2023  * '],
    ['service:s3 |', 'service:s3  * '],
    ['service:s3 | -event:a', 'service:s3  *  -event:a'],
  ])('%s is counted under %s', (marked, rest) => {
    const cursor = marked.indexOf('|');
    const text = marked.replace('|', '');
    const context = completionContext(text, cursor, fields);
    expect(context.kind === 'none' ? null : restOf(text, context.clause)).toBe(rest);
  });

  it('lies within the text and ends with what was typed, for any text and cursor', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: -1, max: 40 }), (text, cursor) => {
        const context = completionContext(text, cursor, fields);
        if (context.kind === 'none') return;
        const place = Math.min(Math.max(0, cursor), text.length);
        expect([context.from <= place, place <= context.to, context.to <= text.length]).toEqual([true, true, true]);
        if (context.kind === 'field-or-word') expect(text.slice(context.from, place)).toBe(context.prefix);
      }),
    );
  });
});
