/** Whether a call succeeded, and the class it is counted in. One place for the whole product. */
import type { EventClass, EventNature } from '#contract/events';

/** What a record says about its outcome; what it does not say is undefined. Literals by their words: `true`, `false`. */
export interface OutcomeParts {
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** `responseElements.ConsoleLogin`: the only trace of a failed sign-in in records without an error code. */
  readonly consoleLogin?: string | undefined;
  readonly readOnly?: string | undefined;
}

/** The record paths {@link describeOutcome} reads, by the part they fill. */
export const outcomePaths = {
  errorCode: 'errorCode',
  errorMessage: 'errorMessage',
  consoleLogin: 'responseElements.ConsoleLogin',
  readOnly: 'readOnly',
} as const satisfies Record<keyof OutcomeParts, string>;

export interface Outcome {
  /** `Success`, the error code, or `Failure` where a record tells of a failure without a code; else what it is that is no call. */
  readonly result: string;
  readonly eventClass: EventClass;
}

/**
 * A record that does not say whether it only read is `unstated`: nothing is guessed from the name of the call. What is no call did not
 * succeed either.
 */
export function describeOutcome(parts: OutcomeParts, nature: EventNature | null = null): Outcome {
  const result = resultOf(parts);
  if (result !== 'Success') return { result, eventClass: 'error' };
  if (nature !== null) return { result: natureInWords(nature), eventClass: 'unstated' };
  switch (parts.readOnly?.toLowerCase()) {
    case 'true':
      return { result, eventClass: 'read' };
    case 'false':
      return { result, eventClass: 'write' };
    default:
      return { result, eventClass: 'unstated' };
  }
}

function natureInWords(nature: EventNature): string {
  if (nature.kind === 'aggregated') return 'Aggregated';
  return nature.state === '' ? 'Insight' : `Insight ${nature.state.toLowerCase()}`;
}

function resultOf({ errorCode, errorMessage, consoleLogin }: OutcomeParts): string {
  if (errorCode !== undefined && errorCode !== '') return errorCode;
  if (consoleLogin === 'Failure') return 'Failure';
  return errorMessage !== undefined && errorMessage !== '' ? 'Failure' : 'Success';
}
