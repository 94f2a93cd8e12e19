/** The shape of one CloudTrail record, and how a record's text is made. */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** `undefined` members are left out of the text. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Who makes a call, and by what. */
export interface Caller {
  /** The record's `userIdentity`. */
  readonly identity: JsonObject;
  /** Its ARN as error messages name it. */
  readonly arn: string;
  readonly address: string;
  readonly agent: string;
  /** Through the console, whose calls carry `sessionCredentialFromConsole`. */
  readonly fromConsole: boolean;
  /** AWS itself: no TLS details, no host header. */
  readonly isService: boolean;
}

/** What is called: everything of a record that does not depend on who calls and when. */
export interface Call {
  /** `s3` for `s3.amazonaws.com`. */
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly request: Json;
  /** What a success answers; null for reads. */
  readonly response?: Json;
  readonly resources?: readonly JsonObject[];
  readonly additional?: JsonObject;
  readonly isData?: boolean;
  readonly eventType?: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent';
  /** The host that was called, where it is not `service.region.amazonaws.com`. */
  readonly host?: string;
  readonly requestId?: string;
  readonly sharedEventId?: string | undefined;
  readonly apiVersion?: string;
  readonly error?: CallError | undefined;
  readonly vpcEndpointId?: string | undefined;
}

export interface CallError {
  readonly code: string;
  readonly message: string;
}

export interface Circumstances {
  readonly timeMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly eventId: string;
  readonly requestId: string;
}

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
let lastDay = NaN;
let lastDayText = '';

/** `2024-03-04T00:00:00Z`: whole seconds, as CloudTrail writes them. */
export function isoSeconds(timeMs: number): string {
  const day = Math.floor(timeMs / dayMs);
  if (day !== lastDay) {
    // Formatting a date is slow, and the next one is nearly always of the same day.
    lastDay = day;
    lastDayText = new Date(day * dayMs).toISOString().slice(0, 11);
  }
  const second = Math.floor((timeMs - day * dayMs) / 1000);
  const pair = (value: number): string => twoDigits[value] ?? '';
  return `${lastDayText}${pair(Math.floor(second / 3600))}:${pair(Math.floor(second / 60) % 60)}:${pair(second % 60)}Z`;
}

const tls12 = { version: 'TLSv1.2', suite: 'ECDHE-RSA-AES128-GCM-SHA256' };
const tls13 = { version: 'TLSv1.3', suite: 'TLS_AES_128_GCM_SHA256' };

/** A record as CloudTrail writes it, as JSON text. Its members stand in CloudTrail's order. */
export function recordText(call: Call, caller: Caller, where: Circumstances): string {
  const failed = call.error !== undefined;
  const isSignIn = call.eventType === 'AwsConsoleSignIn';
  const tls = call.service === 's3' || call.service === 'dynamodb' ? tls12 : tls13;
  const record: JsonObject = {
    eventVersion: call.service === 's3' || call.service === 'iam' ? '1.09' : '1.08',
    userIdentity: caller.identity,
    eventTime: isoSeconds(where.timeMs),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: where.region,
    sourceIPAddress: caller.address,
    userAgent: call.service === 's3' && !caller.isService ? `[${caller.agent}]` : caller.agent,
    errorCode: isSignIn ? undefined : call.error?.code,
    errorMessage: call.error?.message,
    requestParameters: call.request,
    responseElements: failed && !isSignIn ? null : (call.response ?? null),
    additionalEventData: call.additional,
    requestID: isSignIn ? undefined : (call.requestId ?? where.requestId),
    eventID: where.eventId,
    readOnly: call.readOnly,
    resources: call.resources,
    eventType: call.eventType ?? 'AwsApiCall',
    apiVersion: call.apiVersion,
    managementEvent: call.isData !== true,
    recipientAccountId: where.accountId,
    sharedEventID: call.sharedEventId,
    vpcEndpointId: call.vpcEndpointId,
    eventCategory: call.isData === true ? 'Data' : 'Management',
    tlsDetails:
      caller.isService || (caller.fromConsole && !isSignIn)
        ? undefined
        : {
            tlsVersion: tls.version,
            cipherSuite: tls.suite,
            clientProvidedHostHeader: call.host ?? `${call.service}.${where.region}.amazonaws.com`,
          },
    sessionCredentialFromConsole: caller.fromConsole ? 'true' : undefined,
  };
  return JSON.stringify(record);
}
