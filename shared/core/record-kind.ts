/**
 * Events that are not calls: Insights, which report unusual calls, and aggregated events, which sum up many. They have no caller and no
 * outcome; the record kind is shown instead.
 */
import type { RecordKind } from '#contract/events';

/** The parts of a record that decide its kind; a part that is missing, null or not text is undefined. */
export interface RecordKindParts {
  readonly eventCategory?: string | undefined;
  readonly eventType?: string | undefined;
  /** `insightDetails.insightType`. */
  readonly insightType?: string | undefined;
  /** `insightDetails.state`. */
  readonly insightState?: string | undefined;
  /** `insightDetails.errorCode`: which errors were more than usual. */
  readonly insightErrorCode?: string | undefined;
  /** `timeWindow.windowEnd`. */
  readonly windowEnd?: string | undefined;
}

/** The record paths {@link describeRecordKind} reads, by the part they fill. */
export const recordKindPaths = {
  eventCategory: 'eventCategory',
  eventType: 'eventType',
  insightType: 'insightDetails.insightType',
  insightState: 'insightDetails.state',
  insightErrorCode: 'insightDetails.errorCode',
  windowEnd: 'timeWindow.windowEnd',
} as const satisfies Record<keyof RecordKindParts, string>;

/** Null for a call. Category or type is enough: early Insights have no category. */
export function describeRecordKind(parts: RecordKindParts): RecordKind | null {
  const { eventCategory, eventType } = parts;
  if (eventCategory === 'Insight' || eventType === 'AwsCloudTrailInsight') {
    const { insightType = '', insightState = '', insightErrorCode = '' } = parts;
    return { kind: 'insight', type: insightType, state: insightState, errorCode: insightErrorCode };
  }
  if (eventCategory === 'Aggregated' || eventType === 'AwsAggregatedEvent') {
    return { kind: 'aggregated', windowEnd: parts.windowEnd ?? '' };
  }
  return null;
}
