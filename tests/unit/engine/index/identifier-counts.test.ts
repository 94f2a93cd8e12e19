import { describe, expect, it } from 'vitest';
import { listFields } from '#engine/search/field-list';
import { indexOf } from '../../../helpers/indexes';

describe('identifiers of a path', () => {
  it('are counted by the events that have any, whether kept as identifiers, in the dictionary, or both', () => {
    const values = [['abc', 'abcd', 'ab'], ['abc'], ['abcde', 'abc'], ['abcde'], []];
    const { index } = indexOf({
      segments: [{ thread: 0, events: values.map((requestID, file) => ({ record: { requestID }, file })) }],
    });
    const events = (): number | undefined => listFields(index).find(({ name }) => name === 'requestID')?.events;
    expect(events()).toBe(4);
    index.visible.remove((file) => file === 1);
    expect(events()).toBe(3);
  });
});
