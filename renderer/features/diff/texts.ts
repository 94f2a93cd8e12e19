/** All that a comparison says, in reading order. */
import type { DiffKind, DiffTextFormat, PolicyEffect } from '#contract/diff';
import { counted, formatCount } from '#core/figures';

type Side = 'left' | 'right';

interface KindWords {
  readonly sign: string;
  /** For the ear. */
  readonly word: string;
}

export const texts = {
  panel: {
    name: 'Comparison',
    /** Whether the comparison was of all that the two hold, or of request and response alone; and whether anything is hidden. */
    noDifference: (among: 'all' | 'request-and-response' | 'what-both-hold', isAnyHidden: boolean) => {
      const where = {
        all: '',
        'request-and-response': ' in request and response',
        'what-both-hold': ' in what both hold',
      };
      return `No difference${where[among]}${isAnyHidden ? ', apart from the identifiers and times that are hidden' : ''}.`;
    },
    summaryOnly: (side: Side) => `The ${side} event is a summary only. Fields that it lacks are marked`,
    unknownSign: '?',
    notKnown: (side: Side) => `: they are unknown, not ${side === 'left' ? 'added' : 'removed'}.`,
    path: 'Where the line stands in the record',
    copyPath: 'Copy the path',
    notInSummary: 'not in the summary',
    onlyRight: 'only on the right',
    onlyLeft: 'only on the left',
    changed: 'changed',
  },
  toolbar: {
    name: 'Comparison',
    /** The two events, where their names differ. */
    title: (left: string, right: string) => (left === right ? left : `${left} – ${right}`),
    noTitle: 'Comparison',
    others: 'Events compared with the pinned one',
    previousCall: 'The previous same call',
    nextCall: 'The next same call',
    previousMarked: 'The previous marked event',
    nextMarked: 'The next marked event',
    other: (index: number, count: number) => `event ${index + 1} of ${count}`,
    changes: 'Changes',
    previousChange: 'Previous change',
    nextChange: 'Next change',
    change: (index: number, count: number) => `change ${formatCount(index + 1)} of ${formatCount(count)}`,
    changeCount: (count: number) => (count === 0 ? 'no change' : counted(count, 'change')),
    rest: 'Rest of the record',
    restHelp: 'Fields that are neither request nor response (r)',
    noise: 'Identifiers and times',
    noiseHidden: (count: number) => `Identifiers and times: ${formatCount(count)} hidden`,
    noiseHelp: 'What differs in every pair of calls: identifiers, times, session tokens (h)',
    swap: 'Swap',
    swapHelp: 'Swap the sides (x)',
    copy: 'Copy',
    copyHelp: 'Copy the comparison',
    formats: {
      markdown: 'Markdown',
      unified: 'Unified text',
      'json-patch': 'JSON Patch',
    } satisfies Record<DiffTextFormat, string>,
    copied: (format: string) => `Comparison as ${format}`,
    close: 'Back to the events',
  },
  head: {
    name: 'Differences',
    field: 'Field. The right event is',
    apart: 'From the left event to the right one',
    unknownApart: 'the time between is unknown',
    sameTime: 'at the same time',
    later: (span: string) => `${span} later`,
    earlier: (span: string) => `${span} earlier`,
    noTime: 'no time',
    pinned: 'pinned',
    /** Who called what on which service, in which Region, from where. */
    called: 'called',
    on: 'on',
    in: 'in',
    from: 'from',
    otherHas: (value: string) => `The other event has: ${value}`,
    location: (label: string, from: number, to: number, isUnpacked: boolean) =>
      `${label}\nbytes ${formatCount(from)} – ${formatCount(to)}${isUnpacked ? ' of the unpacked text' : ''}`,
    byte: (offset: number) => `byte ${formatCount(offset)}`,
  },
  line: {
    rest: 'Rest of the record',
    changes: (count: number) => (count === 0 ? 'no changes' : counted(count, 'change')),
    equal: (count: number) => `${formatCount(count)} equal`,
    decoded: { json: 'decoded JSON', 'url-encoded json': 'decoded URL-encoded JSON' },
    notInSummary: 'not in the summary',
    /** The sign and the word of each kind of line: nothing is shown by colour alone. */
    kinds: {
      equal: { sign: '', word: '' },
      added: { sign: '+', word: 'only on the right:' },
      removed: { sign: '−', word: 'only on the left:' },
      changed: { sign: '~', word: 'changed:' },
      incomparable: { sign: '?', word: 'cannot be compared:' },
    } satisfies Record<DiffKind | 'incomparable', KindWords>,
    /** What a changed policy statement does to access. */
    effects: {
      widened: '▲ wider',
      narrowed: '▼ narrower',
      changed: '~ changed',
      same: '= no effect',
      unknown: '? cannot be compared',
    } satisfies Record<PolicyEffect, string>,
  },
  value: {
    none: 'none',
    hidden: (count: number) => `…${formatCount(count)} characters…`,
    showAll: 'show all',
    redacted: 'redacted by AWS: cannot be compared',
    omitted: 'Left out by AWS',
    omittedMeaning:
      ': what was here is not in the log and cannot be compared. Whoever makes a call can make it large on purpose.',
  },
} as const;
