import { describe, expect, it } from 'vitest';
import { createFieldLookup } from '#core/query/field-lookup';
import { excludeGroup, isGroupChosen, onlyUngrouped, toggleGroup } from '#core/query/group-edit';

const fields = createFieldLookup(['requestParameters.key']);
const alice = { field: 'identity', value: 'alice (IAM user, 111122223333)' };
const home = { field: 'ip', value: '192.0.2.1' };
const both = 'identity:"alice (IAM user, 111122223333)" ip:192.0.2.1';

describe('a row of the groups', () => {
  it.each([
    ['', [home], 'ip:192.0.2.1'],
    ['', [alice, home], both],
    ['event:Put*', [home], 'event:Put* ip:192.0.2.1'],
    ['ip:(192.0.2.1 OR 192.0.2.2)', [home], 'ip:(192.0.2.1 OR 192.0.2.2) ip:192.0.2.1'],
    ['ip:192.0.2.1', [alice, home], 'ip:192.0.2.1 identity:"alice (IAM user, 111122223333)"'],
    ['identity:alice', [alice], 'identity:alice identity:"alice (IAM user, 111122223333)"'],
    ['a OR b', [home], '(a OR b) ip:192.0.2.1'],
    ['-ip:192.0.2.1', [home], '-ip:192.0.2.1 ip:192.0.2.1'],
  ])('narrows %j', (text, group, narrowed) => {
    expect(isGroupChosen(text, fields, group)).toBe(false);
    expect(toggleGroup(text, fields, group)).toBe(narrowed);
    expect(isGroupChosen(narrowed, fields, group)).toBe(true);
  });

  it.each(['', 'event:Put*', 'ip:(192.0.2.1 OR 192.0.2.2)', 'error:* -x'])('taken back leaves %j as it was', (text) => {
    for (const group of [[home], [alice, home]])
      expect(toggleGroup(toggleGroup(text, fields, group), fields, group)).toBe(text);
  });

  it('is left out whole: of a pair, neither value by itself', () => {
    expect(excludeGroup('x', fields, [home])).toBe('x -ip:192.0.2.1');
    expect(excludeGroup('x', fields, [alice, home])).toBe(`x -(${both})`);
  });

  it('leaves the events in no group to be asked for', () => {
    expect(onlyUngrouped('x', fields, ['error'])).toBe('x -error:*');
    expect(onlyUngrouped('', fields, ['error', 'requestParameters.key'])).toBe('-(error:* requestParameters.key:*)');
  });
});
