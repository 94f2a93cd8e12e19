import { describe } from 'vitest';
import { allSamples } from '../../../samples/all-samples';
import { readsEverywhere } from '../../../samples/harness';

describe.each(allSamples)('%s', (_, samples) => {
  samples.forEach(readsEverywhere);
});
