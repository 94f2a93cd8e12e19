/** Every sample there is, by what it is a sample of. */
import * as beside from './formats/beside';
import * as cloudwatch from './formats/cloudwatch';
import * as damage from './formats/damage';
import * as eventbridge from './formats/eventbridge';
import * as foreign from './formats/foreign';
import * as json from './formats/json';
import * as logTools from './formats/log-tools';
import * as lookupEvents from './formats/lookup-events';
import * as noEvents from './formats/no-events';
import * as packed from './formats/packed';
import * as results from './formats/results';
import * as siem from './formats/siem';
import * as tables from './formats/tables';
import * as text from './formats/text';
import type { Sample } from './sample';

const isSample = (exported: unknown): exported is Sample => typeof exported === 'object';
const of = (exported: Readonly<Record<string, unknown>>): readonly Sample[] => Object.values(exported).filter(isSample);

export const allSamples: readonly (readonly [string, readonly Sample[]])[] = [
  ['JSON', of(json)],
  ['lookup-events', of(lookupEvents)],
  ['CloudWatch', of(cloudwatch)],
  ['EventBridge', of(eventbridge)],
  ['SIEMs', of(siem)],
  ['tables', of(tables)],
  ['other services', of(foreign)],
  ['events beside lists and under unknown keys', of(beside)],
  ['base64 and gzip in JSON', of(packed)],
  ['results of queries', of(results)],
  ['log tools', of(logTools)],
  ['text', of(text)],
  ['damage', of(damage)],
  ['files without events', of(noEvents)],
];
