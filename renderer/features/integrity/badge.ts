/** What stands beside an event's file, from the verdict of the checks. */
import type { EventIntegrity, FileState } from '#contract/integrity';
import { texts } from './texts';

export interface Badge {
  readonly text: string;
  /** `proven`: by a signature, and by nothing less. */
  readonly tone: 'alarm' | 'calm' | 'proven';
}

const alarms = {
  ok: false,
  changed: true,
  appended: true,
  missing: true,
  ambiguous: true,
  unlisted: true,
  unverified: false,
} as const satisfies Record<FileState, boolean>;

export function badgeOf({ state, level }: EventIntegrity): Badge {
  if (state === 'ok' && level === 'signed') return { text: texts.badge.proven, tone: 'proven' };
  return { text: texts.badge.states[state], tone: alarms[state] ? 'alarm' : 'calm' };
}
