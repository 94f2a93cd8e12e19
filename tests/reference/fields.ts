/**
 * The short names of the README and what each reads, by the names AWS gives the parts of a record (CloudTrail User Guide, "CloudTrail
 * record contents" and "Insights event record contents"). Names that begin with `@` are derived values.
 */

import { eventTime } from './times';

/** A value of an event: `empty` is `{}` or `[]`, which has no text. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
  readonly kind: 'text' | 'null' | 'empty';
}

const shortNames: Readonly<Record<string, readonly string[]>> = {
  service: ['eventSource', 'insightDetails.eventSource'],
  event: ['eventName', 'insightDetails.eventName'],
  region: ['awsRegion'],
  account: ['@account'],
  identity: ['@identity'],
  kind: ['@kind'],
  role: ['userIdentity.sessionContext.sessionIssuer.userName'],
  key: ['userIdentity.accessKeyId'],
  ip: ['sourceIPAddress'],
  agent: ['userAgent'],
  error: ['errorCode', 'insightDetails.errorCode'],
  result: ['@result'],
  class: ['@class'],
  readonly: ['readOnly'],
  category: ['eventCategory'],
  resource: ['resources.ARN', 'resources.ARNPrefix'],
  type: ['eventType'],
  id: ['eventID', 'eventId'],
  time: ['eventTime', 'timeWindow.windowStart', 'record.@timestamp', '_time'],
  format: ['@format'],
  file: ['@file'],
  completeness: ['@completeness'],
  integrity: ['@integrity'],
  target: ['@target'],
  versions: ['@versions'],
};

/** What an event without a time of its own takes for it, each only where there is nothing before it. */
const standIns: readonly string[] = ['record.@timestamp', '_time'];

const isFilled = ({ text, kind }: Leaf): boolean => kind === 'text' && text !== '';
const lower = (text: string): string => text.toLowerCase();
const pathsOf = (name: string): readonly string[] =>
  (shortNames[lower(name)] ?? (name.startsWith('@') ? [name, `record.${name}`] : [name])).map(lower);

/** The short name whose first path, or any path, this is; the name itself where it is a short one. */
function shortNameOf(name: string, paths: 'first' | 'any'): string | undefined {
  if (Object.hasOwn(shortNames, lower(name))) return lower(name);
  const found = Object.entries(shortNames).find(([, all]) =>
    (paths === 'first' ? all.slice(0, 1) : all).some((path) => lower(path) === lower(name)),
  );
  return found?.[0];
}

export type FieldKind = 'service' | 'identity' | 'time' | 'address' | 'text';

/** How values are compared: a path as the short name that reads it, and every field of source addresses as addresses. */
export function kindOfField(name: string): FieldKind {
  switch (shortNameOf(name, 'any')) {
    case 'service':
      return 'service';
    case 'identity':
      return 'identity';
    case 'time':
      return 'time';
    case 'ip':
      return 'address';
    case undefined:
      return lower(name).endsWith('sourceipaddress') ? 'address' : 'text';
    default:
      return 'text';
  }
}

/** Whether two names mean one field, so that a facet leaves a clause out as its own. */
export function isOneField(one: string, other: string): boolean {
  const canonical = (name: string): string => shortNameOf(name, 'first') ?? pathsOf(name).at(-1) ?? '';
  return canonical(one) === canonical(other);
}

/** Which names are fields, given all events: short names and what they read, paths, and what has paths beneath it. In any case. */
export function fieldsAmong(leaves: Iterable<Pick<Leaf, 'path'>>): (name: string) => boolean {
  const known = new Set<string>();
  for (const path of new Set(Array.from(leaves, (leaf) => lower(leaf.path)))) {
    const keys = path.split('.');
    keys.forEach((_, at) => known.add(keys.slice(0, at + 1).join('.')));
  }
  return (name) => {
    const isRead = !name.startsWith('@') && shortNameOf(name, 'any') !== undefined;
    return isRead || pathsOf(name).some((path) => known.has(path));
  };
}

/** An event's values of a field: at its paths and all beneath them. */
export function valuesOf(leaves: readonly Leaf[], name: string): readonly Leaf[] {
  const beneath = (path: string): readonly Leaf[] =>
    leaves.filter((leaf) => lower(leaf.path) === path || lower(leaf.path).startsWith(`${path}.`));
  const found: Leaf[] = [];
  for (const path of pathsOf(name)) {
    const isStandIn = lower(name) === 'time' && standIns.includes(path);
    if (!isStandIn || !found.some(isFilled)) found.push(...beneath(path));
  }
  return found;
}

/** Where an event states its time; undefined where it states none. */
export function statedTime(leaves: readonly Leaf[]): Leaf | undefined {
  return valuesOf(leaves, 'time').find(isFilled);
}

/** The instant of an event, in ms; null where it states no time, or none that can be read. */
export function timeOf(leaves: readonly Leaf[]): number | null {
  return eventTime(statedTime(leaves)?.text ?? '');
}

/** As a facet shows a service: `s3` for `s3.amazonaws.com`. */
export function shownValue(name: string, text: string): string {
  return kindOfField(name) === 'service' ? text.replace(/\.amazonaws\.com$/, '') : text;
}
