/** Results and rows for the window's tests. */
import { epochMs, resultId, rowId } from '#contract/ids';
import type { EventRow } from '#contract/events';
import type { QueryResult } from '#contract/query';

/** A result of so many matches, without facets or a timeline. */
export function makeResult(matched: number, id = `r${matched}`): QueryResult {
  return {
    resultId: resultId(id),
    version: 1,
    total: 1_000,
    matched,
    facets: [],
    timeline: null,
    hints: [],
    notes: [],
    elapsedMs: 1,
  };
}

export function makeRow(row: number, cells: readonly (string | null)[] = []): EventRow {
  return {
    row: rowId(row),
    time: epochMs(1_688_990_000_000 + row * 1_000),
    timeText: '',
    service: 's3',
    event: 'GetObject',
    identity: 'Mary',
    identityKind: 'IAM user',
    principal: 'Mary (IAM user, 111122223333)',
    region: 'us-east-1',
    ip: '',
    result: 'Success',
    eventClass: 'read',
    format: 'records',
    isSummary: false,
    isDuplicate: false,
    otherVersions: 0,
    recordKind: null,
    cells,
  };
}
