import { describe, expect, it } from 'vitest';
import { partlyLogged, partlyLoggedCalls } from '#core/never-logged';

const short = (name: string): unknown =>
  partlyLogged(name).map(({ event, service, logging }) => [event, service, logging]);

describe('calls that CloudTrail may not have recorded', () => {
  it('are known by their name in any case, and others are not', () => {
    expect(short(' sendvoicemessage ')).toEqual([['SendVoiceMessage', 'sms-voice', 'never']]);
    expect(short('putmetricdata')).toEqual([['PutMetricData', 'monitoring', 'data']]);
    expect(short('InvokeAgent')).toEqual([['InvokeAgent', 'bedrock', 'data']]);
    expect(short('InvokeEndpoint')).toEqual([['InvokeEndpoint', 'sagemaker', 'once-not']]);
    for (const name of ['DeleteTrail', 'constructor', '', 'AssumeRole', 'GitPull']) expect(short(name)).toEqual([]);
  });

  it('are distinguished by service where several have a call of that name', () => {
    expect(short('PutEvents')).toEqual([
      ['PutEvents', 'events', 'data'],
      ['PutEvents', 'pinpoint', 'once-not'],
    ]);
  });

  it('each have a page of AWS and stand once for their service', () => {
    for (const { page } of partlyLoggedCalls) expect(page).toMatch(/^[A-Za-z0-9-]+\/latest\/[A-Za-z0-9/_-]+\.html$/);
    const names = partlyLoggedCalls.map(({ service, event }) => `${service} ${event}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
