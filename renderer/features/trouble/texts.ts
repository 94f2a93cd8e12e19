/** What is said when the engine has ended or does not answer. */
import type { EngineTrouble } from '#contract/sources';

type Kind = EngineTrouble['kind'];

export const texts = {
  title: { stopped: 'The engine stopped', silent: 'No answer for a minute' } satisfies Record<Kind, string>,
  what: {
    stopped:
      'The part of Trailglass that reads logs has ended, and what it had read is gone from memory. Your logs are unchanged.',
    silent:
      'The part of Trailglass that reads logs has not answered for a minute. It may be busy, or wait for a disk or a network share. Starting it again reads everything anew; your logs are unchanged.',
  } satisfies Record<Kind, string>,
  /** Before the names of what was open. */
  open: 'Open until then:',
  more: (count: number) => `and ${String(count)} more`,
  startAgain: 'Start again',
  leave: { stopped: 'Close', silent: 'Wait' } satisfies Record<Kind, string>,
} as const;
