import { describe } from 'vitest';
import * as cloudwatch from '../../../samples/formats/cloudwatch';
import * as damage from '../../../samples/formats/damage';
import * as eventbridge from '../../../samples/formats/eventbridge';
import * as json from '../../../samples/formats/json';
import * as lookupEvents from '../../../samples/formats/lookup-events';
import * as noEvents from '../../../samples/formats/no-events';
import * as siem from '../../../samples/formats/siem';
import * as tables from '../../../samples/formats/tables';
import { readsEverywhere } from '../../../samples/harness';
import type { Sample } from '../../../samples/sample';

const isSample = (exported: unknown): exported is Sample => typeof exported === 'object';

describe.each([
  ['JSON', json],
  ['lookup-events', lookupEvents],
  ['CloudWatch', cloudwatch],
  ['EventBridge', eventbridge],
  ['SIEMs', siem],
  ['tables', tables],
  ['damage', damage],
  ['files without events', noEvents],
])('%s', (_, samples) => {
  Object.values(samples).filter(isSample).forEach(readsEverywhere);
});
