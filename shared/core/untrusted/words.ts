/** The words of a text: which of their letters pass for others. See `parts.ts`. */
import { eastAsianSigns, isSymbolLetter, looksLatin } from './look-alikes';
import type { TextPart } from './parts';
import { foreignLetters, scriptName, scriptsOf } from './scripts';

/** A letter with the marks on it. */
interface Cluster {
  readonly from: number;
  to: number;
  readonly base: string;
  readonly scripts: readonly string[];
  readonly labels: string[];
  readonly reasons: string[];
}

/** More marks on one letter than any writing needs: UTS #39, section 5.4, optional detection. */
const mostMarks = 4;

const word = /[\p{L}\p{M}\p{N}_]+/gu;
const nonAscii = /[^\u0000-\u007f]/;
const isMark = /^\p{M}$/u;
const isNonspacing = /^[\p{Mn}\p{Me}]$/u;
const softDotted = /^\p{Soft_Dotted}$/u;
const decimal = /^\p{Nd}$/u;
const jamo = /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]$/u;
const dotAbove = '\u0307';

/** The runs of `text` from `from` to `to`, which holds nothing that is escaped on its own. */
export function wordParts(text: string, from: number, to: number): readonly TextPart[] {
  const segment = text.slice(from, to);
  const plain: TextPart = { kind: 'plain', text: segment, from, to };
  if (!nonAscii.test(segment)) return [plain];
  const found: TextPart[] = [];
  for (const match of segment.matchAll(word)) {
    if (nonAscii.test(match[0])) found.push(...partsOfWord(match[0], from + match.index, text));
  }
  if (found.length === 0) return [plain];
  const parts: TextPart[] = [];
  let end = from;
  for (const part of found) {
    if (part.from > end) parts.push({ kind: 'plain', text: text.slice(end, part.from), from: end, to: part.from });
    parts.push(part);
    end = part.to;
  }
  if (end < to) parts.push({ kind: 'plain', text: text.slice(end, to), from: end, to });
  return parts;
}

/** What of one word is not plain. */
function partsOfWord(letters: string, from: number, text: string): readonly TextPart[] {
  const { clusters, loose } = clustersOf(letters, from);
  for (const cluster of clusters) loose.push(...markCluster(cluster, text));
  markScripts(clusters, text);
  const parts: TextPart[] = [...loose];
  for (let at = 0; at < clusters.length; at++) {
    const first = clusters[at];
    if (first === undefined || first.labels.length === 0 || first.to === first.from) continue;
    const label = first.labels.join(', ');
    let last = first;
    for (
      let next = clusters[at + 1];
      next?.from === last.to && next.labels.join(', ') === label;
      next = clusters[at + 1]
    ) {
      last = next;
      at++;
    }
    const reason = first.reasons.join(' ');
    parts.push({ kind: 'marked', text: text.slice(first.from, last.to), label, reason, from: first.from, to: last.to });
  }
  return parts.sort((a, b) => a.from - b.from);
}

/** The word as letters with their marks, and the marks that cannot stay on a letter: they are escaped. */
function clustersOf(letters: string, from: number): { readonly clusters: Cluster[]; readonly loose: TextPart[] } {
  const clusters: Cluster[] = [];
  const loose: TextPart[] = [];
  let current: Cluster | null = null;
  let marks: string[] = [];
  let at = from;
  for (const character of letters) {
    const to: number = at + character.length;
    if (!isMark.test(character)) {
      current = { from: at, to, base: character, scripts: scriptsOf(character), labels: [], reasons: [] };
      clusters.push(current);
      marks = [];
    } else if (current !== null && mayStay(character, current, marks)) {
      current.to = to;
      marks.push(character);
    } else {
      // What follows would be drawn on the escape.
      current = null;
      pushEscape(loose, character, at);
    }
    at = to;
  }
  return { clusters, loose };
}

/** UTS #39, section 5.4: no mark twice, no heap of them, none that cannot be seen on its letter; and none of another script. */
function mayStay(mark: string, { base, scripts }: Cluster, marks: readonly string[]): boolean {
  if (base === '_' || /^[0-9]$/.test(base)) return false;
  const own = scriptsOf(mark);
  if (own.length > 0 && scripts.length > 0 && !own.some((script) => scripts.includes(script))) return false;
  if (!isNonspacing.test(mark)) return marks.length < mostMarks * 2;
  if (mark === dotAbove && marks.length === 0 && softDotted.test(base)) return false;
  return marks.length < mostMarks && marks.at(-1) !== mark;
}

/** Marks what is odd about one letter; what of it cannot stay beside a mark is returned, escaped. */
function markCluster(cluster: Cluster, text: string): readonly TextPart[] {
  const { base, from, to } = cluster;
  if (base <= '\u007f' && to - from === 1) return [];
  const written = text.slice(from, to);
  if (jamo.test(base)) {
    mark(cluster, 'jamo', 'Parts of Korean syllables: they look the same as whole syllables or other letters.');
  } else if (written.normalize('NFC') !== written) {
    // One other form can be named; of any more each character is shown.
    if (written.normalize('NFD') !== written) return escapedCluster(cluster, written);
    mark(cluster, 'not NFC', 'More characters than usual for this letter: the text looks the same and is not equal.');
  } else if (isSymbolLetter(base)) {
    mark(cluster, 'not ASCII', 'Symbols that look like letters or digits of ASCII.');
  }
  return [];
}

/** The letter keeps its base, where that is a usual one. */
function escapedCluster(cluster: Cluster, written: string): readonly TextPart[] {
  const { base, from } = cluster;
  const isBaseKept = base.normalize('NFC') === base;
  cluster.to = isBaseKept ? from + base.length : from;
  const loose: TextPart[] = [];
  let at = from;
  for (const character of written) {
    if (at > from || !isBaseKept) pushEscape(loose, character, at);
    at += character.length;
  }
  return loose;
}

function pushEscape(parts: TextPart[], character: string, at: number): void {
  const code = character.codePointAt(0) ?? 0;
  const to = at + character.length;
  const last = parts.at(-1);
  if (last?.kind === 'escaped' && last.code === code && last.to === at) {
    parts[parts.length - 1] = { ...last, count: last.count + 1, to };
  } else parts.push({ kind: 'escaped', code, count: 1, from: at, to });
}

/** Letters that do not belong with the rest of their word, and words of letters that all look Latin. */
function markScripts(clusters: readonly Cluster[], text: string): void {
  const foreign = foreignLetters(clusters.map(({ scripts }) => scripts));
  clusters.forEach((cluster, at) => {
    if (foreign?.[at] !== true) return;
    const name = scriptName(cluster.scripts);
    mark(cluster, name, `${name} in a word of another script: letters that look alike need not be the same.`);
  });
  markNumbers(clusters);
  if (clusters.some(({ base }) => /^[a-z0-9]$/i.test(base))) {
    for (const cluster of clusters) {
      if (eastAsianSigns.has(cluster.base))
        mark(cluster, scriptName(cluster.scripts), 'It looks like a sign of ASCII.');
    }
  }
  if (foreign === null) markLookAlike(clusters, text);
}

/** Digits of two systems in one number: UTS #39, section 5.3. */
function markNumbers(clusters: readonly Cluster[]): void {
  const digits = clusters.filter(({ base }) => decimal.test(base));
  const others = digits.filter(({ base }) => base > '\u007f');
  if (others.length === 0 || others.length === digits.length) return;
  for (const cluster of others) {
    if (cluster.labels.length > 0) continue;
    const name = cluster.scripts.length === 0 ? 'not ASCII' : scriptName(cluster.scripts);
    mark(cluster, name, 'Digits of another script in one number with digits of ASCII.');
  }
}

/**
 * A word that only holds letters that look Latin. One letter alone is a word of many languages (`а`, `и`): it is marked where
 * nothing else of the text shows that it is of that language.
 */
function markLookAlike(clusters: readonly Cluster[], text: string): void {
  const letters = clusters.filter(({ scripts }) => scripts.length > 0);
  const script = letters[0]?.scripts.find((name) => name !== 'Latin');
  if (script === undefined) return;
  const isLookAlike = letters.every(({ base, from, to }) => to - from === base.length && looksLatin(base, script));
  if (!isLookAlike || (letters.length === 1 && isPlainlyOf(script, text))) return;
  const name = scriptName([script]);
  for (const cluster of letters) mark(cluster, name, `${name} letters that all look like Latin ones.`);
}

/** True where a letter of the script stands in the text that looks like no Latin one. */
function isPlainlyOf(script: string, text: string): boolean {
  for (const [letter] of text.slice(0, searched).matchAll(/[^\u0000-\u007f]/gu)) {
    if (scriptsOf(letter).includes(script) && !looksLatin(letter, script)) return true;
  }
  return false;
}

/** Of a text of megabytes with a word of one letter each, the beginning is enough: behind it a mark too many does no harm. */
const searched = 1000;

function mark({ labels, reasons }: Cluster, label: string, reason: string): void {
  if (labels.includes(label)) return;
  labels.push(label);
  reasons.push(reason);
}
