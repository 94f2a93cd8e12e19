/** The words of a text: which of their letters pass for others. See `parts.ts`. */
import { letterOf, type Letter } from './letters';
import { besideDotlessI, dotlessI, eastAsianSigns, looksLatin } from './look-alikes';
import { isForeign, ownScripts, scriptName } from './scripts';
import type { TextPart, WholeText } from './text-part';

/** A letter with the marks on it. */
interface Cluster {
  readonly from: number;
  to: number;
  readonly base: Letter;
  /** Why it is marked, in short and in sentences; empty where it is not. */
  label: string;
  reason: string;
}

/** More marks on one letter than any writing system needs: UTS #39, section 5.4, optional detection. */
const mostMarks = 4;

const word = /[\p{L}\p{M}\p{N}_]+/gu;
const nonAscii = /[^\u0000-\u007f]/;
const dotAbove = '\u0307';

/** Adds the runs of `text` from `from` to `to`, which holds nothing that is escaped on its own. */
export function pushWords(parts: TextPart[], whole: WholeText, from: number, to: number): void {
  const { text } = whole;
  const segment = text.slice(from, to);
  let end = from;
  const pushPlain = (until: number): void => {
    if (until > end) parts.push({ kind: 'plain', text: text.slice(end, until), from: end, to: until });
  };
  if (nonAscii.test(segment)) {
    for (const match of segment.matchAll(word)) {
      if (!nonAscii.test(match[0])) continue;
      for (const part of partsOfWord(match[0], from + match.index, whole)) {
        pushPlain(part.from);
        parts.push(part);
        end = part.to;
      }
    }
  }
  pushPlain(to);
}

/** The parts of one word that are not plain. */
function partsOfWord(letters: string, from: number, whole: WholeText): readonly TextPart[] {
  const { text } = whole;
  const { clusters, loose } = clustersOf(letters, from);
  const parts: TextPart[] = [...loose];
  for (const cluster of clusters) if (!isPlain(cluster)) parts.push(...markCluster(cluster, text));
  markDotlessI(clusters, whole);
  markScripts(clusters, whole);
  for (let at = 0; at < clusters.length; at++) {
    const first = clusters[at];
    if (first === undefined || first.label === '' || first.to === first.from) continue;
    const { label, reason } = first;
    let last = first;
    for (let next = clusters[at + 1]; next?.from === last.to && next.label === label; next = clusters[at + 1]) {
      last = next;
      at++;
    }
    parts.push({ kind: 'marked', text: text.slice(first.from, last.to), label, reason, from: first.from, to: last.to });
  }
  return parts.sort((a, b) => a.from - b.from);
}

/** The word as letters with their marks, and the marks that cannot stay on a letter: they are escaped. */
function clustersOf(letters: string, from: number): { readonly clusters: Cluster[]; readonly loose: TextPart[] } {
  const clusters: Cluster[] = [];
  const loose: TextPart[] = [];
  let current: Cluster | null = null;
  let marks: Letter[] = [];
  let at = from;
  for (const character of letters) {
    const to: number = at + character.length;
    const letter = letterOf(character);
    if (!letter.isMark) {
      current = { from: at, to, base: letter, label: '', reason: '' };
      clusters.push(current);
      marks = [];
    } else if (current !== null && mayStay(letter, current.base, marks)) {
      current.to = to;
      marks.push(letter);
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
function mayStay(mark: Letter, base: Letter, marks: readonly Letter[]): boolean {
  if (base.text === '_' || (base.isAscii && base.isDigit)) return false;
  const isOfOther = !mark.scripts.some((script) => base.scripts.includes(script));
  if (mark.scripts.length > 0 && base.scripts.length > 0 && isOfOther) return false;
  if (!mark.isNonspacing) return marks.length < mostMarks * 2;
  const isDotted = base.isSoftDotted || base.text === dotlessI;
  if (mark.text === dotAbove && marks.length === 0 && isDotted) return false;
  return marks.length < mostMarks && marks.at(-1) !== mark;
}

/** One character that is the usual one, and no symbol. */
function isPlain({ base, from, to }: Cluster): boolean {
  return to - from === base.text.length && base.isUsual && !base.isJamo && !base.isSymbol;
}

/** Marks one unusual letter; returns its characters that must be escaped. */
function markCluster(cluster: Cluster, text: string): readonly TextPart[] {
  const { base, from, to } = cluster;
  const written = text.slice(from, to);
  if (base.isJamo) {
    mark(cluster, 'jamo', 'Parts of Korean syllables: they look the same as whole syllables or other letters.');
  } else if (written.normalize('NFC') !== written) {
    // Only one other form can be named; otherwise each character is shown.
    if (written.normalize('NFD') !== written) return escapedCluster(cluster, written);
    mark(cluster, 'not NFC', 'More characters than usual for this letter: the text looks the same and is not equal.');
  } else if (base.isSymbol) {
    mark(cluster, 'not ASCII', 'Symbols that look like letters or digits of ASCII.');
  }
  return [];
}

/** The letter keeps its base, where that is a usual one. */
function escapedCluster(cluster: Cluster, written: string): readonly TextPart[] {
  const { base, from } = cluster;
  const isBaseKept = base.isUsual;
  cluster.to = isBaseKept ? from + base.text.length : from;
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
function markScripts(clusters: readonly Cluster[], whole: WholeText): void {
  const own = ownScripts([...new Set(clusters.map(({ base }) => base))].map(({ scripts }) => scripts));
  if (own === null) markLookAlike(clusters, whole);
  else {
    for (const cluster of clusters) {
      const { scripts } = cluster.base;
      if (!isForeign(scripts, own)) continue;
      const name = scriptName(scripts);
      mark(cluster, name, `${name} in a word of another script: letters that look alike need not be the same.`);
    }
  }
  markNumbers(clusters);
  if (!clusters.some(({ base }) => base.isAscii)) return;
  for (const cluster of clusters) {
    if (!eastAsianSigns.has(cluster.base.text)) continue;
    mark(cluster, scriptName(cluster.base.scripts), 'It looks like a sign of ASCII.');
  }
}

/** `ı` passes for `i` where nothing else of the text shows that it is of a language that has it. */
function markDotlessI(clusters: readonly Cluster[], { text, plainScripts }: WholeText): void {
  const found = clusters.filter(({ base }) => base.text === dotlessI);
  if (found.length === 0) return;
  const isTurkish = plainScripts.get('Turkish') ?? besideDotlessI.test(text);
  plainScripts.set('Turkish', isTurkish);
  if (!isTurkish) for (const cluster of found) mark(cluster, 'dotless i', 'A letter of Turkish that looks like i.');
}

/** Digits of two systems in one number: UTS #39, section 5.3. */
function markNumbers(clusters: readonly Cluster[]): void {
  const digits = clusters.filter(({ base }) => base.isDigit);
  const others = digits.filter(({ base }) => !base.isAscii);
  if (others.length === 0 || others.length === digits.length) return;
  for (const cluster of others) {
    if (cluster.label !== '') continue;
    const { scripts } = cluster.base;
    const name = scripts.length === 0 ? 'not ASCII' : scriptName(scripts);
    mark(cluster, name, 'Digits of another script in one number with digits of ASCII.');
  }
}

/**
 * A word that only holds letters that look Latin. One letter alone is a word of many languages (`а`, `и`): it is marked where
 * nothing else of the text shows that it is of that language.
 */
function markLookAlike(clusters: readonly Cluster[], whole: WholeText): void {
  const letters = clusters.filter(({ base }) => base.scripts.length > 0);
  const script = letters[0]?.base.scripts.find((name) => name !== 'Latin');
  if (script === undefined) return;
  const isLookAlike = letters.every(
    ({ base, from, to }) => to - from === base.text.length && looksLatin(base.text, script),
  );
  if (!isLookAlike || (letters.length === 1 && isPlainlyOf(script, whole))) return;
  const name = scriptName([script]);
  for (const cluster of letters) mark(cluster, name, `${name} letters that all look like Latin ones.`);
}

/** True where a letter of the script stands in the text that looks like no Latin one. */
function isPlainlyOf(script: string, { text, plainScripts }: WholeText): boolean {
  let isPlainly = plainScripts.get(script);
  if (isPlainly === undefined) {
    const letters = new Set(text.match(/[^\u0000-\u007f]/gu));
    isPlainly = [...letters].some((letter) => letterOf(letter).scripts.includes(script) && !looksLatin(letter, script));
    plainScripts.set(script, isPlainly);
  }
  return isPlainly;
}

function mark(cluster: Cluster, label: string, reason: string): void {
  if (cluster.label === label) return;
  cluster.label = cluster.label === '' ? label : `${cluster.label}, ${label}`;
  cluster.reason = cluster.reason === '' ? reason : `${cluster.reason} ${reason}`;
}
