import type { DiffSection } from '#contract/diff';
import { describe, expect, it } from 'vitest';
import { isUnknown, withoutUnknown } from '#core/diff/summary';
import { diffLines } from '../../../renderer/lib/diff-lines';
import { differingPlaces } from '../../../renderer/lib/diff-rows';
import { makeRow } from '../../helpers/results';
import { makeDiff, makeSection } from '../../helpers/shown-diffs';

const request = makeSection('requestParameters', ['+bucketName', '+policy{1}', '+policy.Version'], {
  oneSided: 'right',
});
const identity = makeSection('userIdentity', ['=userName', '+arn', '~inner{1}', '+inner.type']);

const summary = (row: number) => ({ ...makeRow(row), isSummary: true });

/** Each row with what became of it; `?` for what is unknown on one side. */
function told(section: DiffSection | undefined): readonly string[] {
  return section?.rows.map((row) => `${isUnknown(row) ? '?' : row.kind} ${row.label}`) ?? [];
}

describe('a comparison with a summary', () => {
  it('counts nothing that the summary came without', () => {
    const [left, other] = withoutUnknown(makeDiff([request, identity], { left: summary(1) })).sections;
    expect(told(left)).toEqual(['? bucketName', '? policy', '? Version']);
    expect(told(other)).toEqual(['equal userName', '? arn', 'equal inner', '? type']);
    expect([left?.changes, other?.changes]).toEqual([0, 0]);
    expect([left, other].flatMap((section) => differingPlaces(section?.rows ?? []))).toEqual([]);
  });

  it('still counts what the summary says otherwise, or alone', () => {
    const section = makeSection('eventName', ['~name', '-only']);
    const [known] = withoutUnknown(makeDiff([section], { left: summary(1) })).sections;
    expect(told(known)).toEqual(['changed name', 'removed only']);
    expect(known?.changes).toBe(2);
  });

  it('says at the heading that there is nothing to compare', () => {
    const { lines, places } = diffLines(withoutUnknown(makeDiff([request], { left: summary(1) })), {
      opened: new Set(),
      isRestOpen: false,
    });
    expect(lines[0]).toMatchObject({
      changes: 0,
      note: 'the left event is a summary, without requestParameters: nothing to compare',
    });
    // Its rows are shown all the same, one by one: none of them is equal.
    expect([lines.slice(1).every(({ kind }) => kind === 'row'), places]).toEqual([true, []]);
  });

  it('is left as it is between two full events, and between two summaries', () => {
    const full = makeDiff([request]);
    const summaries = makeDiff([request], { left: summary(1), right: summary(2) });
    expect([withoutUnknown(full), withoutUnknown(summaries)]).toEqual([full, summaries]);
  });
});
