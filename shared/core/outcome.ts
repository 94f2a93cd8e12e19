/** Whether a call succeeded, and the class it is counted in. One place for the whole product. */
import type { EventClass } from '#contract/types';

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
  /** `Success`, the error code, or `Failure` where a record tells of a failure without a code. */
  readonly result: string;
  readonly eventClass: EventClass;
}

/** A record that does not say whether it only read is `unstated`: nothing is guessed from the name of the call. */
export function describeOutcome(parts: OutcomeParts): Outcome {
  const result = resultOf(parts);
  if (result !== 'Success') return { result, eventClass: 'error' };
  switch (parts.readOnly?.toLowerCase()) {
    case 'true':
      return { result, eventClass: 'read' };
    case 'false':
      return { result, eventClass: 'write' };
    default:
      return { result, eventClass: 'unstated' };
  }
}

function resultOf({ errorCode, errorMessage, consoleLogin }: OutcomeParts): string {
  if (errorCode !== undefined && errorCode !== '') return errorCode;
  if (consoleLogin === 'Failure') return 'Failure';
  return errorMessage !== undefined && errorMessage !== '' ? 'Failure' : 'Success';
}
