import { describe, expect, it } from 'vitest';
import { eventTags, timeSentence } from '../../../renderer/lib/event-tags';
import { makeRow } from '../../helpers/results';

describe('the tags of an event', () => {
  it('are none for nearly all', () => {
    expect(eventTags(makeRow(1))).toEqual([]);
  });

  it('say that it came as a summary and from what, that there are other versions, and that it is a duplicate', () => {
    const tags = eventTags({
      ...makeRow(1),
      format: 'event-history-csv',
      isSummary: true,
      otherVersions: 2,
      isDuplicate: true,
    });
    expect(tags.map(({ text }) => text)).toEqual(['summary', '3 versions', 'duplicate']);
    expect(tags[0]?.sentence).toBe(
      "Summary only: this came from the console's CSV download, which has no request and response.",
    );
  });
});

it('the tag of an event in a later gzip member says what is known, and not which member is genuine', () => {
  const [tag] = eventTags({ ...makeRow(1), isAppended: true });
  expect(tag?.text).toBe('appended');
  expect(tag?.sentence).toBe(
    'Appended: This file has more than one gzip member; CloudTrail writes one. This event is in a later member. Not all of the file is what CloudTrail wrote, and either part can be what was added.',
  );
});

describe('what is said of the time of an event', () => {
  it('is nothing where it is written as CloudTrail writes it', () => {
    expect(timeSentence(makeRow(1))).toBe('');
  });

  it('is that UTC was assumed, and which field it is from', () => {
    const row = { ...makeRow(1), timeText: '2023-01-22 16:53:53.000' };
    expect(timeSentence(row)).toBe('The time is written without a zone: UTC is assumed.');
    expect(timeSentence({ ...row, timeFrom: '@timestamp' })).toBe(
      'The record has no eventTime: its time is that of @timestamp. The time is written without a zone: UTC is assumed.',
    );
  });
});
