/**
 * Calls that CloudTrail does not record at all, as AWS documents it: a search for one finds nothing, and that says nothing about
 * whether it was made.
 *
 * Only calls whose documentation says so belong here. Data events, which a trail may or may not record, do not.
 */

export interface NeverLogged {
  readonly event: string;
  readonly service: string;
}

const calls: readonly NeverLogged[] = [
  { event: 'PutEvents', service: 'Amazon Pinpoint' },
  { event: 'SendMessages', service: 'Amazon Pinpoint' },
  { event: 'SendUsersMessages', service: 'Amazon Pinpoint' },
  { event: 'SendEmail', service: 'the Amazon Pinpoint Email API' },
  { event: 'SendVoiceMessage', service: 'the Amazon Pinpoint SMS and Voice API' },
];

const byName = new Map(calls.map((call) => [call.event.toLowerCase(), call]));

/** The call a searched word names, in any case; undefined where CloudTrail may have recorded it. */
export function neverLogged(word: string): NeverLogged | undefined {
  return byName.get(word.trim().toLowerCase());
}
