import { describe, expect, it } from 'vitest';
import { ranking } from '../../../renderer/lib/ranking';

const labels = [
  'Times in UTC or in the local zone',
  'Theme: system, light, dark',
  'requestParameters.bucketName:',
  'Add column: requestParameters.bucketName',
  'event: DeleteTrail',
  'Import report',
];
const find = ranking(
  labels.map((label, at) => ({ label, words: at === 5 ? 'files' : '', weight: at === 3 ? 0.6 : 1 })),
);
const found = (typed: string): readonly (string | undefined)[] => find(typed).map((at) => labels[at]);

describe('the palette', () => {
  it('finds an entry by the beginning of a word, of a part of a name, or of its further words', () => {
    expect(found('them')[0]).toBe('Theme: system, light, dark');
    expect(found('bucket')).toEqual(['requestParameters.bucketName:', 'Add column: requestParameters.bucketName']);
    expect(found('trail')).toEqual(['event: DeleteTrail']);
    expect(found('files')).toEqual(['Import report']);
  });

  it('is narrowed down by each further word', () => {
    expect(found('column bucket')).toEqual(['Add column: requestParameters.bucketName']);
  });

  it('forgives a typing error', () => {
    expect(found('delettrail')).toEqual(['event: DeleteTrail']);
    expect(found('buckt')).toHaveLength(2);
  });

  it('finds nothing where nothing is like it', () => {
    expect(found('zzzzzz')).toEqual([]);
  });
});
