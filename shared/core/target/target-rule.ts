/**
 * Where the record of a call names what the call acts upon.
 *
 * In order of precedence: the places of `special-calls.ts`; what is named like the event's noun (`trustAnchorId` of `DeleteTrustAnchor`), and
 * for calls that make something, its ID in the response; the parameters of `parameters.ts`; `resources`; then any other parameter called
 * `…Name`, `…Id` or `…Arn`, and last such keys of the response.
 *
 * Paths are compared in lower case: services differ in how they write the first letters (`stackARN`, `RoleArn`).
 */
import { specialCalls, type SpecialCall, type TargetPlace } from './special-calls';
import { targetParameters } from './parameters';

export interface TargetRule {
  /** Of this call alone; what {@link generalRank} ranks comes after them. Paths in lower case. */
  readonly places: readonly TargetPlace[];
  /** What the sentence names beside the target. Paths in lower case. */
  readonly beside: readonly TargetPlace[];
}

/** The rule for a call; `eventSource` with or without `.amazonaws.com`. */
export function targetRule(eventSource: string, eventName: string): TargetRule {
  const service = eventSource.toLowerCase().replace(/\.amazonaws\.com$/, '');
  const special = (byService.get(service) ?? []).find(({ isEvent }) => isEvent(eventName.toLowerCase()));
  const places = [...(special?.call.places ?? []), ...placesOfNoun(eventName), objectInBucket];
  return { places: places.map(inLowerCase), beside: (special?.call.beside ?? []).map(inLowerCase) };
}

/** Whatever the call, a bucket and a key are one object. */
const objectInBucket: TargetPlace = {
  kind: 'object',
  paths: ['requestParameters.bucketName', 'requestParameters.key'],
};

const byService = new Map<string, { readonly isEvent: (name: string) => boolean; readonly call: SpecialCall }[]>();
for (const call of specialCalls) {
  const patterns = call.events.map((event) => event.split('*').map(escape).join('.*'));
  const expression = new RegExp(`^(?:${patterns.join('|')})$`);
  for (const service of call.services) {
    const known = byService.get(service) ?? [];
    byService.set(service, [...known, { isEvent: (name) => expression.test(name), call }]);
  }
}

/** The calls that make something, whose ID only the response has. */
const making = /^(?:Create|Run|Allocate|Register|Request|Import|Copy|Start|Restore|Issue|Enable)$/;

/** `DeleteTrustAnchor` is about a `trustAnchorId`; `CreateFunction20150331v2` about a `functionName`. */
function placesOfNoun(eventName: string): readonly TargetPlace[] {
  const [, verb = '', noun = ''] = /^([A-Z][a-z]+)([A-Z]\w*?)(?:\d{4}_?\d{2}_?\d{2}(?:v\d+)?)?$/.exec(eventName) ?? [];
  if (noun === '') return [];
  const kind = noun === 'Resource' ? '' : inWords(noun);
  const place = (path: string): TargetPlace => ({ kind, paths: [path] });
  const named = (holder: string): readonly TargetPlace[] =>
    ['Name', 'Id', 'Arn', 'Identifier'].map((end) => place(`${holder}.${noun}${end}`));
  if (!making.test(verb)) return named('requestParameters');
  const made = ['id', 'arn', `${noun}Id`, `${noun}Arn`].map((end) => place(`responseElements.${noun}.${end}`));
  return [...named('requestParameters'), ...made, ...named('responseElements')];
}

/** A path that any call may name its target by. */
export interface GeneralPlace {
  /** The lower comes first; between equal ranks, the order of the paths' texts. */
  readonly rank: number;
  readonly kind: string;
  /** Whether it is in a list, and not only called like a name: then its own name says no more than `kind`. */
  readonly isNamed: boolean;
}

const byParameter = new Map<string, GeneralPlace>();
for (const [rank, { path, kind }] of targetParameters.entries()) {
  const lower = `requestparameters.${path.toLowerCase()}`;
  if (!byParameter.has(lower)) byParameter.set(lower, { rank, kind, isNamed: true });
}

/** Beginning of the path, and the rank of what stands right beneath it. */
const holders = [
  ['requestparameters', 2000],
  ['responseelements', 4000],
  ['serviceeventdetails', 5000],
  ['additionaleventdata', 6000],
] as const;
const ends = ['name', 'id', 'arn', 'identifier', 'names', 'ids', 'arns', 'identifiers'];

/** Ends like a name and is none of what a call acts upon: who or what it is done with, and numbers of the request itself. */
const isReferred =
  /(?:rolearn|rolename|sessionname|kms(?:master)?key(?:id|arn|identifier)|request(?:er)?id|transactionid|correlationid|clientid|versionid|azid|ownerid|eventtypename|principalid|principalarn|contentid|x-amz-id-2|username)$/;

/** The rank of a path, as {@link targetPath} gives it, for calls of whose places none has a value; null where it names no target. */
export function generalRank(path: string): GeneralPlace | null {
  const known = byParameter.get(path);
  if (known !== undefined) return known;
  if (path === 'resources.arn') return { rank: 1000, kind: '', isNamed: true };
  if (path === 'resources.arnprefix') return { rank: 1001, kind: '', isNamed: true };
  const [holder, key = '', ...deeper] = path.split('.');
  const rank = holders.find(([name]) => name === holder)?.[1];
  if (rank === undefined || deeper.length > 0 || isReferred.test(key)) return null;
  const end = ends.findIndex((each) => key.endsWith(each));
  return end < 0 ? null : { rank: rank + end, kind: '', isNamed: false };
}

/**
 * A path of a record as rules compare it: in lower case, without the object that EC2's newer calls put their parameters in
 * (`CreateNatGatewayRequest`).
 */
export function targetPath(path: string): string {
  return path
    .toLowerCase()
    .replace(/^(requestparameters\.)[a-z]+request\.|^(responseelements\.)[a-z]+response\./, '$1$2');
}

/** `trust anchor` of `TrustAnchor` or `trustAnchorId`; `DB instance` of `DBInstance`. */
export function inWords(name: string): string {
  const words = name
    .replace(/(?:Names?|Ids?|Arns?|ARNs?|Identifiers?)$/, '')
    .match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g);
  return (words ?? []).map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase())).join(' ');
}

/** What an ARN is of, in words: `role`, `log group`; empty where it does not say, as for queues and topics. */
export function kindOfArn(text: string): string {
  const [, service = '', type = ''] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(?:([a-zA-Z-]+)[/:])?/.exec(text) ?? [];
  if (service === 's3') return text.includes('/') ? 'object' : 'bucket';
  return type.replaceAll('-', ' ').toLowerCase();
}

function inLowerCase({ kind, paths }: TargetPlace): TargetPlace {
  return { kind, paths: paths.map((path) => path.toLowerCase()) };
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
