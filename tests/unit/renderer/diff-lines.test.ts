import type { DiffRow } from '#contract/diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, differsOnlyInRest, type DiffLine } from '../../../renderer/lib/diff-lines';
import { differingPlaces, equalRuns } from '../../../renderer/lib/diff-rows';
import { makeCell, makeDiff, makeDiffRow, makeSection } from '../../helpers/shown-diffs';

const closed = { opened: new Set<string>(), isRestOpen: false };

function written(line: DiffLine): string {
  const indent = '  '.repeat(line.depth);
  switch (line.kind) {
    case 'section':
      return `# ${line.label} ${line.changes}${line.note === '' ? '' : ` ${line.note}`}`;
    case 'row':
      return `${indent}${line.row.kind} ${line.row.label}`;
    case 'fold':
      return `${indent}${line.isOpen ? 'v' : '>'} ${line.values} equal: ${line.names.join(' ')}`;
    case 'policy':
      return `${indent}${line.effect}: ${line.text}`;
    case 'rest':
      return `# rest ${line.changes}: ${line.names.join(' ')}`;
  }
}

/** Any rows as a walk over some tree would give them. */
const anyRows: fc.Arbitrary<readonly DiffRow[]> = fc
  .array(fc.tuple(fc.constantFrom('=', '=', '+', '-', '~'), fc.nat(1), fc.boolean()), { maxLength: 60 })
  .map((steps) => {
    const rows: DiffRow[] = [];
    let depth = 0;
    for (const [sign, up, isContainer] of steps) {
      depth = Math.max(depth - up, 0);
      const path = ['request', ...Array.from({ length: depth }, () => 'a'), `n${rows.length}`].join('.');
      rows.push(makeDiffRow(`${sign}${path}${isContainer ? '{2}' : ''}`));
      if (isContainer) depth++;
    }
    return rows;
  });

describe('the lines of a comparison', () => {
  it('count what the response repeats of the request once, and say so', () => {
    const asked = makeSection('requestParameters', ['~policy']);
    const answered = makeSection('responseElements', ['~policy', '+id']);
    const rows = answered.rows.map((row, at) => ({ ...row, isRepeated: at === 0 }));
    const { lines, places } = diffLines(makeDiff([asked, { ...answered, rows }]), closed);
    expect(lines.map(written)).toEqual([
      '# requestParameters 1',
      'changed policy',
      '# responseElements 1 1 value changed as in the request',
      'changed policy',
      'added id',
    ]);
    expect(places).toEqual([1, 4]);
  });

  it('fold equal values, with what holds a change left open around it', () => {
    const section = makeSection('requestParameters', [
      '=bucketName',
      '=Host',
      '=policy{3}',
      '=policy.Version',
      '=policy.Id',
      '=policy.Note',
      '~bucketPolicy{1}',
      '~bucketPolicy.Statement{2}',
      '=bucketPolicy.Statement.Sid',
      '~bucketPolicy.Statement.Action',
      '=bucketPolicy.Statement.Resource',
    ]);
    const { lines, places } = diffLines(makeDiff([section]), closed);
    expect(lines.map(written)).toEqual([
      '# requestParameters 1',
      '> 5 equal: bucketName Host policy',
      'changed bucketPolicy',
      '  changed Statement',
      '    equal Sid',
      '    changed Action',
      '    equal Resource',
    ]);
    expect(places).toEqual([5]);
  });

  it('show what a fold holds below it once it is opened', () => {
    const diff = makeDiff([makeSection('requestParameters', ['=a', '=b', '=c', '~d'])]);
    const [, fold] = diffLines(diff, closed).lines;
    const opened = diffLines(diff, { ...closed, opened: new Set([fold?.id ?? '']) });
    expect(opened.lines.map(written)).toEqual([
      '# requestParameters 1',
      'v 3 equal: a b c',
      'equal a',
      'equal b',
      'equal c',
      'changed d',
    ]);
    expect(opened.places).toEqual([5]);
  });

  it('end a fold where its parent ends', () => {
    const section = makeSection('requestParameters', [
      '~a{4}',
      '=a.b',
      '=a.c',
      '=a.d',
      '~a.e',
      '=a.f',
      '=a.g',
      '=h',
      '=i',
    ]);
    expect(diffLines(makeDiff([section]), closed).lines.map(written)).toEqual([
      '# requestParameters 1',
      'changed a',
      '  > 3 equal: b c d',
      '  changed e',
      '  equal f',
      '  equal g',
      'equal h',
      'equal i',
    ]);
  });

  it('never fold what AWS left out or made unreadable: equal it may be, known it is not', () => {
    const rows = ['=a', '=b', '=c', '=d', '=e'].map((row) =>
      makeDiffRow(`${row.charAt(0)}requestParameters.${row.slice(1)}`),
    );
    const secret = makeCell('***', { isRedacted: true });
    const cut = makeCell('{2}', { type: 'object', omitted: 'too large' });
    const hidden = rows.map((row, index) =>
      index === 1 ? { ...row, left: secret, right: secret } : index === 3 ? { ...row, right: cut } : row,
    );
    const section = makeSection('requestParameters', [], { rows: hidden });
    expect(diffLines(makeDiff([section]), closed).lines.filter(({ kind }) => kind === 'row')).toHaveLength(5);
  });

  it('say which side has nothing', () => {
    const nothing = makeCell('null', { type: 'null' });
    const none = { ...makeDiffRow('=requestParameters'), left: nothing, right: nothing };
    const bothNull = makeSection('requestParameters', [], { rows: [none] });
    const onlyRight = makeSection('responseElements', ['+a'], { oneSided: 'right' });
    const { lines } = diffLines(makeDiff([bothNull, onlyRight]), closed);
    expect(lines.map(written)).toEqual([
      '# requestParameters 0 null on both sides',
      '# responseElements 1 no responseElements on the left: null',
      'added a',
    ]);
  });

  it('describe a policy in words below its own line, and never lose a description', () => {
    const policy = { path: 'requestParameters.policy', lines: [{ kind: 'widened' as const, text: 'now allows all' }] };
    const elsewhere = { path: 'requestParameters.gone', lines: [{ kind: 'narrowed' as const, text: 'no more' }] };
    const section = makeSection('requestParameters', ['~policy{1}', '~policy.Action', '+x'], {
      policies: [policy, elsewhere],
    });
    expect(diffLines(makeDiff([section]), closed).lines.map(written)).toEqual([
      '# requestParameters 2',
      'changed policy',
      '  widened: now allows all',
      '  changed Action',
      'added x',
      'narrowed: no more',
    ]);
  });

  it('keep the rest of the record behind a switch that says what differs there', () => {
    const plain = (field: string, sign: string) => ({
      ...makeSection(field, [], { changes: sign === '=' ? 0 : 1 }),
      rows: [{ ...makeDiffRow(`${sign}${field}`), depth: 0 }],
    });
    const diff = makeDiff([
      makeSection('requestParameters', ['=a']),
      plain('awsRegion', '~'),
      makeSection('userIdentity', ['=type', '~userName']),
      plain('eventVersion', '='),
      plain('eventType', '='),
      plain('eventCategory', '='),
    ]);
    expect(diffLines(diff, closed).lines.map(written)).toEqual([
      '# requestParameters 0',
      'equal a',
      '# rest 2: awsRegion userIdentity',
    ]);
    expect(
      diffLines(diff, { ...closed, isRestOpen: true })
        .lines.slice(3)
        .map(written),
    ).toEqual([
      'changed awsRegion',
      'changed userIdentity',
      '  equal type',
      '  changed userName',
      '> 3 equal: eventVersion eventType eventCategory',
    ]);
    expect(differsOnlyInRest(diff)).toBe(true);
    expect(differsOnlyInRest(makeDiff([makeSection('requestParameters', ['~a']), plain('awsRegion', '~')]))).toBe(
      false,
    );
    expect(differsOnlyInRest(makeDiff([makeSection('requestParameters', ['=a'])]))).toBe(false);
  });

  it('count in a heading what is stepped through below it', () => {
    const section = makeSection('requestParameters', ['+a{2}', '+a.b', '+a.c', '~d']);
    const { lines, places } = diffLines(makeDiff([section]), closed);
    expect([lines.map(written)[0], places.length]).toEqual(['# requestParameters 2', 2]);
  });

  it('have names of their own, whatever the keys', () => {
    const section = makeSection('requestParameters', ['~a', '~a', '=b', '=b', '=b', '~c', '=b', '=b', '=b']);
    const ids = diffLines(makeDiff([section]), closed).lines.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('show every row, or count it as folded, in order', () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, isOpened) => {
        const diff = makeDiff([makeSection('requestParameters', [], { rows })]);
        const folds = diffLines(diff, closed).lines.filter(({ kind }) => kind === 'fold');
        const opened = new Set(isOpened ? folds.map(({ id }) => id) : []);
        const { lines, places } = diffLines(diff, { ...closed, opened });
        const shown = lines.flatMap((line) => (line.kind === 'row' ? [line.row] : []));
        const inOrder = rows.filter((row) => shown.includes(row));
        expect(shown).toEqual(inOrder);
        expect(rows.filter((row) => row.kind !== 'equal' && !shown.includes(row))).toEqual([]);
        const foldedValues = lines.reduce(
          (sum, line) => sum + (line.kind === 'fold' && !line.isOpen ? line.values : 0),
          0,
        );
        const values = (all: readonly DiffRow[]) => all.filter(({ members }) => members === 0).length;
        expect(values(shown) + foldedValues).toBe(values(rows));
        if (isOpened) expect(shown).toEqual(rows);
        expect(places.map((place) => lines[place]?.kind === 'row' && lines[place].row.kind !== 'equal')).toEqual(
          places.map(() => true),
        );
      }),
    );
  });
});

describe('the places that differ', () => {
  it('are changed values, and what came or went as one, however much it holds', () => {
    const rows = ['~r.a{3}', '~r.a.b', '+r.a.c{2}', '+r.a.c.d', '+r.a.c.e', '-r.a.f', '=r.g'].map(makeDiffRow);
    expect(differingPlaces(rows).map((index) => rows[index]?.path)).toEqual(['r.a.b', 'r.a.c', 'r.a.f']);
  });

  it('are one where a value became an object', () => {
    const became = { ...makeDiffRow('~r.a{2}'), left: makeCell('text') };
    const rows = [became, makeDiffRow('+r.a.b'), makeDiffRow('+r.a.c'), makeDiffRow('~r.d')];
    expect(differingPlaces(rows)).toEqual([0, 3]);
  });

  it('are found in every change, and folds hold none of them', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const places = differingPlaces(rows);
        const differing = rows.filter(({ kind, members }) => kind !== 'equal' && members === 0);
        expect(differing.length === 0 || places.length > 0).toBe(true);
        for (const { from, to } of equalRuns(rows)) expect(places.some((at) => at >= from && at < to)).toBe(false);
      }),
    );
  });
});
