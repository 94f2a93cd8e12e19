import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../helpers/properties';
import { diffTexts } from '../../../helpers/diffs';
import { judge } from '../../../helpers/policy-claims';
import { policyPairs, requestsFor, type PolicyPair } from '../../../helpers/random-policies';
import { tries } from '../../../helpers/properties';

/** Pairs whose conditions make more contexts than these take too long. */
const mostContexts = 120;
/** `PROPERTY_RUNS=10000` tries more pairs than every run of the tests can. */
const pairs = tries(500);

function linesOf([before, after]: PolicyPair) {
  const record = (policyText: unknown): string =>
    JSON.stringify({
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      requestParameters: { bucketName: 'logs', bucketPolicy: policyText },
    });
  return diffTexts(record(before), record(after)).sections.flatMap(({ policies }) =>
    policies.flatMap(({ lines }) => lines),
  );
}

describe('the sentences about a changed policy', () => {
  it(
    'are contradicted by no request, and each wider or narrower one is borne out by one',
    () => {
      fc.assert(
        fc.property(policyPairs, (pair) => {
          const requests = requestsFor(pair);
          fc.pre(requests.contexts.length <= mostContexts);
          expect(judge(pair, linesOf(pair), requests).wrong).toEqual([]);
        }),
        { numRuns: pairs },
      );
    },
    120_000 + pairs * 100,
  );
});
