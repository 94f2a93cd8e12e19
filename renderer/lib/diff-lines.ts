/** A comparison as the lines the window draws: headings, rows, folds and sentences. */
import type { DiffRow, DiffSection, EventDiff, PolicyDiff } from '#contract/diff';
import { summarySide } from '#core/diff/summary';
import { diffLineTexts as texts } from './diff-line-texts';
import { differingPlaces, equalRuns, type EqualRun } from './diff-rows';

interface Line {
  /** The same in the next comparison for the same place, so that what was opened stays open. */
  readonly id: string;
  readonly depth: number;
  /** Its path in the record; empty where it has none. */
  readonly path: string;
}

export interface SectionLine extends Line {
  readonly kind: 'section';
  readonly label: string;
  /** Places that differ: as many as are stepped through. */
  readonly changes: number;
  /** A sentence instead of, or before, the rows; empty for none. */
  readonly note: string;
}

export interface RowLine extends Line {
  readonly kind: 'row';
  readonly row: DiffRow;
}

/** Equal rows, or the line above them once they are shown. */
export interface FoldLine extends Line {
  readonly kind: 'fold';
  readonly values: number;
  /** The outermost names of what is folded. */
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

/** One effect of a changed policy. */
export interface PolicyLine extends Line {
  readonly kind: 'policy';
  readonly effect: PolicyDiff['lines'][number]['kind'];
  readonly text: string;
}

/** The switch for what is in neither request nor response: the rest of the record. */
export interface RestLine extends Line {
  readonly kind: 'rest';
  readonly changes: number;
  /** Fields that differ. */
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

export type DiffLine = SectionLine | RowLine | FoldLine | PolicyLine | RestLine;

export interface DiffLines {
  readonly lines: readonly DiffLine[];
  /** Indexes of the lines where the records differ. */
  readonly places: readonly number[];
}

export interface DiffView {
  /** Ids of folds that are open. */
  readonly opened: ReadonlySet<string>;
  readonly isRestOpen: boolean;
}

/** What an analyst reads first; all else is the rest of the record. */
const firstFields: ReadonlySet<string> = new Set(['requestParameters', 'responseElements']);

export const restId = 'rest';

export function diffLines(diff: EventDiff, view: DiffView): DiffLines {
  const first = diff.sections.filter(({ field }) => firstFields.has(field));
  const rest = diff.sections.filter(({ field }) => !firstFields.has(field));
  const side = summarySide(diff);
  const out = new Lines(view.opened);
  for (const section of first) {
    out.push(headingOf(section, side));
    if (!isNothing(section)) out.pushRows(section.rows, section.policies);
  }
  if (rest.length > 0) {
    out.push(restLine(rest, view.isRestOpen));
    const policies = rest.flatMap((section) => section.policies);
    if (view.isRestOpen) out.pushRows(rest.flatMap(rowsOfRest), policies);
  }
  return out;
}

/** True where request and response are equal, and only the rest of the record differs. */
export function differsOnlyInRest(diff: EventDiff): boolean {
  const differing = diff.sections.filter(({ changes }) => changes > 0);
  return differing.length > 0 && differing.every(({ field }) => !firstFields.has(field));
}

class Lines implements DiffLines {
  readonly lines: DiffLine[] = [];
  readonly places: number[] = [];
  private readonly opened: ReadonlySet<string>;
  private readonly ids = new Map<string, number>();

  constructor(opened: ReadonlySet<string>) {
    this.opened = opened;
  }

  push(line: DiffLine): void {
    this.lines.push(line);
  }

  pushRows(rows: readonly DiffRow[], policies: readonly PolicyDiff[]): void {
    const differing = new Set(differingPlaces(rows));
    const runs = new Map(equalRuns(rows).map((run) => [run.from, run]));
    const policyAt = new Map(policies.map((policy) => [policy.path, policy]));
    let shownFrom = 0;
    rows.forEach((row, index) => {
      if (index < shownFrom) return;
      const run = runs.get(index);
      if (run !== undefined && !this.pushFold(rows, run)) {
        shownFrom = run.to;
        return;
      }
      if (differing.has(index)) this.places.push(this.lines.length);
      this.push({ kind: 'row', id: this.id(`row ${row.path}`), depth: row.depth, path: row.path, row });
      this.pushPolicy(policyAt.get(row.path), row.depth + 1);
      policyAt.delete(row.path);
    });
    for (const policy of policyAt.values()) this.pushPolicy(policy, 0);
  }

  /** Answers whether the fold is open. */
  private pushFold(rows: readonly DiffRow[], { from, to, values }: EqualRun): boolean {
    const run = rows.slice(from, to);
    const { depth = 0, path = '' } = run[0] ?? {};
    const id = this.id(`fold ${path}`);
    const isOpen = this.opened.has(id);
    const names = run.filter((row) => row.depth === depth).map(({ label }) => label);
    this.push({ kind: 'fold', id, depth, path: '', values, names, isOpen });
    return isOpen;
  }

  private pushPolicy(policy: PolicyDiff | undefined, depth: number): void {
    for (const { kind, text } of policy?.lines ?? []) {
      const path = policy?.path ?? '';
      this.push({ kind: 'policy', id: this.id(`policy ${path}`), depth, path, effect: kind, text });
    }
  }

  /** Keys with dots in them, and duplicate keys, can make two paths equal; ids are unique. */
  private id(wanted: string): string {
    const before = this.ids.get(wanted) ?? 0;
    this.ids.set(wanted, before + 1);
    return before === 0 ? wanted : `${wanted} (${before + 1})`;
  }
}

function headingOf(section: DiffSection, summary: 'left' | 'right' | null): SectionLine {
  const { field, rows, oneSided } = section;
  const repeated = rows.filter(({ isRepeated, members }) => isRepeated && members === 0).length;
  const note =
    oneSided !== null && summary !== null && oneSided !== summary
      ? texts.notInSummary(summary, field)
      : oneSided !== null
        ? texts.noneOn(oneSided === 'left' ? 'right' : 'left', field)
        : isNothing(section)
          ? texts.nullOnBoth
          : repeated > 0
            ? texts.repeated(repeated)
            : '';
  const changes = differingPlaces(rows).length;
  return { kind: 'section', id: `section ${field}`, depth: 0, path: field, label: field, changes, note };
}

/** True where neither side has anything to show. */
function isNothing({ field, rows }: DiffSection): boolean {
  return rows.every(({ kind, path, left }) => kind === 'equal' && path === field && left?.type === 'null');
}

function restLine(rest: readonly DiffSection[], isOpen: boolean): RestLine {
  const differing = rest.filter(({ changes }) => changes > 0);
  const changes = differing.reduce((sum, { rows }) => sum + differingPlaces(rows).length, 0);
  return { kind: 'rest', id: restId, depth: 0, path: '', changes, names: differing.map(({ field }) => field), isOpen };
}

/** A field of the rest as rows of one list: a plain value as it is, an object's members below a line of its own. */
function rowsOfRest(section: DiffSection): readonly DiffRow[] {
  const { field, rows, changes } = section;
  if (rows.length === 0 || (rows.length === 1 && rows[0]?.path === field)) return rows;
  const holder: DiffRow = {
    kind: changes === 0 ? 'equal' : 'changed',
    depth: 0,
    path: field,
    label: field,
    left: null,
    right: null,
    members: rows.filter(({ depth }) => depth === 0).length,
    decoded: null,
    isRepeated: false,
  };
  return [holder, ...rows.map((row) => ({ ...row, depth: row.depth + 1 }))];
}
