/** What is said of an event as such, in the list and in the detail: a tag with its short form, and a sentence. */

const appended =
  'This file has more than one gzip member; CloudTrail writes one. This event is in a later member. Not all of the file is what CloudTrail wrote, and either part can be what was added.';

export const eventTagTexts = {
  insight: {
    text: (state: string) => (state === '' ? 'Insight' : `Insight ${state.toLowerCase()}`),
    short: 'Ins',
    sentence: 'Not a call: CloudTrail Insights reports unusual numbers of calls or errors.',
  },
  aggregated: {
    text: 'aggregated',
    short: 'Agg',
    sentence: 'Not a call: CloudTrail sums up many calls in one event.',
  },
  /** Which member is genuine cannot be said: a forged one can stand before it as well. */
  appended: { text: 'appended', short: 'A', sentence: appended, tagSentence: `Appended: ${appended}` },
  summary: {
    text: 'summary',
    short: 'S',
    sentence: (reason: string) => `Summary only: ${reason}.`,
    noReason: 'this came without request and response',
  },
  /** AWS's own pages show calls that have nothing in common but their ID: whether it is one event cannot be seen from the ID. */
  versions: {
    text: (count: number) => `${count} versions`,
    short: (count: number) => `×${count}`,
    sentence:
      'Conflicting versions: events with one ID and different content. They are versions of one event, or different calls; each is kept.',
  },
  duplicate: { text: 'duplicate', short: 'D', sentence: 'The same event was also read elsewhere.' },
  time: {
    otherField: (field: string) => `The record has no eventTime: its time is that of ${field}.`,
    zoneAssumed: 'The time is written without a zone: UTC is assumed.',
  },
} as const;
