/** The signs and words of a comparison: nothing in it is told by colour alone. */
import type { DiffKind, PolicyEffect } from '#contract/diff';

interface KindWords {
  readonly sign: string;
  /** For the ear. */
  readonly word: string;
}

export const kindWords: Readonly<Record<DiffKind | 'incomparable', KindWords>> = {
  equal: { sign: '', word: '' },
  added: { sign: '+', word: 'only on the right:' },
  removed: { sign: '−', word: 'only on the left:' },
  changed: { sign: '~', word: 'changed:' },
  incomparable: { sign: '?', word: 'cannot be compared:' },
};

export const effectWords: Readonly<Record<PolicyEffect, string>> = {
  widened: '▲ wider',
  narrowed: '▼ narrower',
  changed: '~ changed',
  same: '= no effect',
  unknown: '? cannot be compared',
};
