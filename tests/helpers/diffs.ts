/** Comparisons in as few words as a test needs. */
import { describeOutcome, whyNoSuccess, type Outcome } from '#core/outcome';
import type { DiffRow, DiffSection } from '#contract/diff';
import { changesIn } from '#core/diff/changes';
import { diffRecords, type RecordDiff } from '#core/diff/event-diff';

/** Compares two records' texts, with noise unless told otherwise. */
export function diffTexts(left: string, right: string, withNoise = true): RecordDiff {
  const result = diffRecords(left, right, withNoise);
  if (!result.ok) throw new Error(`${result.error.message} at ${String(result.error.at)}`);
  return result.value;
}

/** Compares two calls' request parameters. */
export function diffRequests(left: unknown, right: unknown): DiffSection {
  const record = (requestParameters: unknown): string => JSON.stringify({ requestParameters });
  const [section] = diffTexts(record(left), record(right)).sections;
  if (section === undefined) throw new Error('there is no section');
  return section;
}

/** `- path: value`, `+ path: value`, `~ path: before → after`, without `requestParameters`. */
export function changeLines(section: DiffSection): readonly string[] {
  return changesIn(section).map(({ path, kind, left, right }) => {
    const at = path.replace(/^requestParameters\.?/, '');
    if (kind === 'changed') return `~ ${at}: ${left?.text ?? ''} → ${right?.text ?? ''}`;
    return kind === 'added' ? `+ ${at}: ${right?.text ?? ''}` : `- ${at}: ${left?.text ?? ''}`;
  });
}

/** One call that may set a policy, and the error code of one that failed. */
export interface PolicyEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly failure?: string;
  /** What it was read from had no place for an error. */
  readonly isUnstated?: boolean;
  readonly [field: string]: unknown;
}

const outcomeOf = ({ failure, isUnstated }: PolicyEvent): Outcome =>
  describeOutcome({ errorCode: failure, isUnstated: isUnstated === true });

/** What is said of the policies of two calls, `widened: statement …`. */
export function policyLines(left: PolicyEvent, right: PolicyEvent): readonly string[] {
  const failures = { left: whyNoSuccess(outcomeOf(left)), right: whyNoSuccess(outcomeOf(right)) };
  const result = diffRecords(JSON.stringify(left), JSON.stringify(right), false, failures);
  if (!result.ok) throw new Error(result.error.message);
  const policies = result.value.sections.flatMap((section) => section.policies);
  return policies.flatMap(({ lines }) => lines.map(({ kind, text }) => `${kind}: ${text}`));
}

/** A bucket's policy as a call sets it. */
export function putBucketPolicy(bucketPolicy: unknown, more: object = {}): PolicyEvent {
  return {
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    requestParameters: { bucketName: 'audit-logs', bucketPolicy },
    ...more,
  };
}

/** The row at a path, without `requestParameters`. */
export function rowAt(section: DiffSection, path: string): DiffRow {
  const row = section.rows.find((each) => each.path === `requestParameters.${path}`);
  if (row === undefined) throw new Error(`no row at ${path} among ${section.rows.map((each) => each.path).join(' ')}`);
  return row;
}
