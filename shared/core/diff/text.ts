/** A comparison as text, to save. Contains only what differs. */
import type { DiffCell, DiffSection, EventDiff, PolicyEffect } from '#contract/diff';
import type { EventRow } from '#contract/events';
import type { TextTarget } from '#contract/report';
import { escapeInvisible, textWriters } from '../visible';
import { changesIn } from './changes';
import { summarySide, unknownIn, withoutUnknown } from './summary';
import { counted } from '../figures';

const effectWords: Readonly<Record<PolicyEffect, string>> = {
  widened: 'widened',
  narrowed: 'narrowed',
  changed: 'changed',
  same: 'no effect',
  unknown: 'cannot be compared',
};

/**
 * Lines as `diff -u` writes them: one for each value on each side, after its path. What a policy now does comes first, after `#`;
 * what one side lacks as a summary comes last, after `?`.
 */
export function unifiedText(told: EventDiff, target: TextTarget = 'window'): string {
  const { text: write } = textWriters[target];
  const diff = withoutUnknown(told);
  const lines = [`--- ${titleOf(diff.left, target)}`, `+++ ${titleOf(diff.right, target)}`];
  for (const section of changedSections(diff)) {
    lines.push(`@@ ${write(headingOf(section))} @@`);
    for (const { path, lines: words } of section.policies) {
      for (const { kind, text } of words) lines.push(`# ${write(`${path}: ${effectWords[kind]}: ${text}`)}`);
    }
    for (const { path, left, right } of changesIn(section)) {
      if (left !== null) lines.push(`-${write(path)}: ${valueText(left, target)}`);
      if (right !== null) lines.push(`+${write(path)}: ${valueText(right, target)}`);
    }
    for (const { path, left, right } of unknownIn(section)) {
      for (const cell of [left, right]) if (cell !== null) lines.push(`?${write(path)}: ${valueText(cell, target)}`);
    }
  }
  lines.push(...notesOf(diff).map((note) => `# ${note}`));
  return `${lines.join('\n')}\n`;
}

/** Headings, a table for each section, and what a policy now does as a list. */
export function markdownText(told: EventDiff): string {
  const diff = withoutUnknown(told);
  const blocks = [`### ${plain(diff.right.event)}: what differs`];
  blocks.push(`- before: ${code(titleOf(diff.left))}\n- after: ${code(titleOf(diff.right))}`);
  for (const section of changedSections(diff)) {
    blocks.push(`#### ${plain(headingOf(section))}`);
    for (const { path, lines } of section.policies) {
      blocks.push(
        [`${codeOf(path)}:`, '', ...lines.map(({ kind, text }) => `- **${effectWords[kind]}**: ${plain(text)}`)].join(
          '\n',
        ),
      );
    }
    const rows = changesIn(section).map(
      ({ path, left, right }) => `| ${codeOf(path)} | ${cellText(left)} | ${cellText(right)} |`,
    );
    const unknown = unknownIn(section).map(
      ({ path, left, right }) => `| ${codeOf(path)} | ${cellOrUnknown(left)} | ${cellOrUnknown(right)} |`,
    );
    blocks.push(['| Where | Before | After |', '|---|---|---|', ...rows, ...unknown].join('\n'));
  }
  blocks.push(...notesOf(diff));
  return `${blocks.join('\n\n')}\n`;
}

/** A value as JSON would have it: a text in quotes, a number as written. */
export function valueText({ text, type, isRedacted, omitted }: DiffCell, target: TextTarget = 'window'): string {
  const writer = textWriters[target];
  if (isRedacted) return `${writer.string(text)} (redacted by AWS: cannot be compared)`;
  if (omitted !== null) return `${writer.text(text)} (left out by AWS: ${writer.text(omitted)})`;
  return type === 'string' ? writer.string(text) : writer.text(text);
}

function changedSections(diff: EventDiff): readonly DiffSection[] {
  return diff.sections.filter(
    (section) => section.changes > 0 || repeatedIn(section) > 0 || unknownIn(section).length > 0,
  );
}

function headingOf(section: DiffSection): string {
  const { field, changes, oneSided } = section;
  const unknown = unknownIn(section).length;
  if (unknown > 0)
    return `${field}: ${changes === 0 ? '' : `${counted(changes, 'change')}, `}${unknown} not in the summary`;
  const side = oneSided === null ? '' : oneSided === 'left' ? ', only before' : ', only after';
  const repeated = repeatedIn(section);
  return `${field}: ${counted(changes, 'change')}${repeated === 0 ? '' : `, ${repeated} as in the request`}${side}`;
}

const repeatedIn = (section: DiffSection): number => changesIn(section).filter(({ isRepeated }) => isRepeated).length;

function notesOf(diff: EventDiff): readonly string[] {
  const { sections, noiseHidden, coarse } = diff;
  const notes: string[] = [];
  const side = summarySide(diff);
  if (sections.every(({ changes }) => changes === 0)) {
    notes.push(side === null ? 'No difference.' : 'No difference in what both hold.');
  }
  if (side !== null) {
    const [event, other] = side === 'left' ? ['before', 'added'] : ['after', 'removed'];
    notes.push(`The event ${event} is a summary only: what is not in it is unknown there, not ${other}.`);
  }
  if (noiseHidden > 0)
    notes.push(
      `Left out: ${noiseHidden} ${noiseHidden === 1 ? 'value that differs' : 'values that differ'} in every call (identifiers, times, session tokens).`,
    );
  if (coarse !== null) notes.push(coarse);
  return notes;
}

function titleOf({ timeText, service, event, identity, region }: EventRow, target: TextTarget = 'window'): string {
  const parts = [timeText, service, event, identity, region].filter((part) => part !== '');
  return parts.map((part) => textWriters[target].text(part)).join('  ');
}

function cellOrUnknown(cell: DiffCell | null): string {
  return cell === null ? '*not in the summary*' : cellText(cell);
}

function cellText(cell: DiffCell | null): string {
  return cell === null ? '' : code(valueText(cell));
}

const codeOf = (text: string): string => code(escapeInvisible(text));

/** A code span of a text whose invisible characters are written out; nothing else but the table's own bar has to be escaped. */
function code(shown: string): string {
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${fence}${space}${shown.replaceAll('|', '\\|')}${space}${fence}`;
}

/** Text with all Markdown escaped. */
function plain(text: string): string {
  return escapeInvisible(text).replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');
}
