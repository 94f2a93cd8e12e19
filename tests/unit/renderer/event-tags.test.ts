import { describe, expect, it } from 'vitest';
import { eventTags } from '../../../renderer/features/events/event-tags';
import { makeRow } from '../../helpers/results';

describe('the tags of an event', () => {
  it('are none for nearly all', () => {
    expect(eventTags(makeRow(1))).toEqual([]);
  });

  it('say that it came as a summary and from what, that there are other versions, and that it is a copy', () => {
    const tags = eventTags({
      ...makeRow(1),
      format: 'event-history-csv',
      isSummary: true,
      otherVersions: 2,
      isCopy: true,
    });
    expect(tags.map(({ text }) => text)).toEqual(['summary', 'same ID ×3', 'copy']);
    expect(tags[0]?.sentence).toBe(
      "Summary only: this came from the console's CSV download, which has no request and response.",
    );
  });
});
