/** The calls that change what CloudTrail records. Source: AWS, "CloudTrail API reference". */
export const trailSettingCalls: readonly string[] = [
  'CreateTrail',
  'UpdateTrail',
  'DeleteTrail',
  'StartLogging',
  'StopLogging',
  'PutEventSelectors',
  'PutInsightSelectors',
];
