import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snippetParts } from '../../../renderer/lib/snippet-parts';

describe('a snippet of a broken place', () => {
  it('tells what had to be written out from what stands there', () => {
    expect(snippetParts('{"a":oops\\u000a\\u{e0041}}')).toEqual([
      { text: '{"a":oops', stands: null },
      { text: '\\u000a', stands: 'line break' },
      { text: '\\u{e0041}', stands: 'a character that cannot be seen' },
      { text: '}', stands: null },
    ]);
  });

  it('loses nothing and adds nothing', () => {
    const pieces = fc.constantFrom('\\u0000', '\\u{1f600}', '\\u00', '\\', 'u0041', '"', 'text', '\\U000a');
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const snippet = parts.join('');
        expect(
          snippetParts(snippet)
            .map(({ text }) => text)
            .join(''),
        ).toBe(snippet);
      }),
    );
  });
});
