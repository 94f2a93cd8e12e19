/**
 * Where each row of a block names its target, and which value of the dictionary that is: five bytes a row, worked out when it is first asked
 * for and kept. The text is nearly always that of one column, and stays there.
 *
 * The columns that can hold targets are swept one after another, each once for all calls of the block; a row keeps the best-ranked.
 */
import { isRedacted } from '#core/diff/shapes';
import { generalRank, targetPath, targetRule, type TargetRule } from '#core/target/target-rule';
import { type Bitset, hasBit, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import { absent } from '../index/columns';
import type { EventIndex } from '../index/event-index';
import { Texts } from '../index/identifiers';
import type { TextStore } from '../index/text-store';
import { visitRow } from '../index/path-values';
import { canonicalTimeText } from '../index/row-times';
import { isStringOrNumber } from '../index/value-kinds';

/** One path, or two whose values are joined by `/`. */
export interface Place {
  readonly path: number;
  /** The path of what stands before the `/`. */
  readonly before: number | null;
}

export interface BlockTargets {
  /** By row: the position of its place in `places`, plus one; 0 where it names no target. */
  readonly placeOf: Uint8Array | Uint16Array;
  readonly places: readonly Place[];
  /** The rows with a target; row 0 is bit 0. */
  readonly rows: Bitset;
  /** By row, the value of the dictionary that is its target; `absent` where there is none, or the row is in `made`. */
  readonly values: Uint32Array;
  /** Those of `rows` whose target is put together or an identifier, or who have several. */
  readonly made: Bitset;
}

const noRank = 0xffff;
/** Places of a rule come before these. */
const firstGeneral = 100;
/** Rules are kept for this many calls: AWS has some 15,000. */
const maxRules = 20_000;

export class TargetPlaces {
  private readonly index: EventIndex;
  private readonly blocks = new WeakMap<Block, BlockTargets>();
  private readonly rules = new Map<number, TargetRule>();
  /** By value of `eventSource`. */
  private readonly sources = new Map<number, number>();
  /** By path as rules write it: the paths of the index. */
  private readonly byRulePath = new Map<string, number[]>();
  /** By path: its general rank, {@link noRank} where it has none. */
  private readonly ranks: number[] = [];

  /** By value of the dictionary: 1 where it can name a target, 2 where not, 0 where not looked at yet. */
  private verdicts = new Uint8Array(0);
  /** Of rules: their places as paths of the index. Made anew when there are more paths. */
  private placed = new WeakMap<TargetRule, readonly PlacedPath[]>();

  constructor(index: EventIndex) {
    this.index = index;
  }

  of(block: Block): BlockTargets {
    const known = this.blocks.get(block) ?? this.find(block);
    this.blocks.set(block, known);
    return known;
  }

  /** The rule of a row's call. */
  ruleOf(block: Block, local: number): TargetRule {
    const value = (name: string): number => {
      let found: number = absent;
      const column = block.columns.find(this.index.paths.find(name) ?? -1);
      if (column >= 0) block.columns.forEachValue(column, local, (each) => (found = found === absent ? each : found));
      return found;
    };
    return this.rule(value('eventSource'), value('eventName'));
  }

  /** The index's paths that a rule's path means. */
  pathsOf(rulePath: string): readonly number[] {
    return this.byRulePath.get(rulePath) ?? [];
  }

  /** Calls back with each value of the dictionary under a path that can name a target. */
  forEachCoded(block: Block, path: number, visit: (row: number, value: number) => void): void {
    const column = block.columns.find(path);
    if (column < 0) return;
    block.columns.forEachEntry(column, (row, value) => {
      if (value !== absent && this.isNaming(value)) visit(row, value);
    });
  }

  /** Likewise; with the rows of identifiers that can name one. */
  private forEachNaming(
    block: Block,
    path: number,
    coded: (row: number, value: number) => void,
    identifier: (row: number) => void,
  ): void {
    this.forEachCoded(block, path, coded);
    for (const identifiers of block.identifiersOf(path)) {
      for (let at = 0; at < identifiers.length; at++) {
        if (identifiers instanceof Texts && isNameless(identifiers.store, at)) continue;
        identifier(identifiers.rowOf(at));
      }
    }
  }

  /** The texts a block's row has under a path, without those that name nothing. */
  namingTexts(block: Block, local: number, path: number): readonly string[] {
    const texts: string[] = [];
    visitRow(this.index, block, local, path, {
      time: (_, time) => texts.push(canonicalTimeText(time)),
      coded: (_, value) => {
        if (this.isNaming(value)) texts.push(this.text(value));
      },
      identifier: (_, column, at) => texts.push(column.text(at)),
    });
    return texts;
  }

  /** By row, the first text under a path of the dictionary's or outside it. */
  firstTexts(block: Block, path: number): (row: number) => string {
    const values = new Uint32Array(block.rowCount).fill(absent);
    const column = block.columns.find(path);
    if (column >= 0) block.columns.readValues(column, values);
    let last = absent;
    let text = '';
    return (row) => {
      const value = values[row] as number;
      if (value === absent || !this.isNaming(value)) return this.namingTexts(block, row, path)[0] ?? '';
      if (value !== last) text = this.text((last = value));
      return text;
    };
  }

  text(value: number): string {
    return this.index.dictionary.text(value);
  }

  private isNaming(value: number): boolean {
    const { dictionary } = this.index;
    if (value >= this.verdicts.length) {
      const grown = new Uint8Array(dictionary.length);
      grown.set(this.verdicts);
      this.verdicts = grown;
    }
    const known = this.verdicts[value];
    if (known !== 0) return known === 1;
    const isName = isStringOrNumber(dictionary.type(value)) && !isNameless(dictionary.texts, value);
    this.verdicts[value] = isName ? 1 : 2;
    return isName;
  }

  private find(block: Block): BlockTargets {
    this.learnPaths();
    const { rules, ruleOf } = this.rulesOf(block);
    const sweep = new Sweep(block, ruleOf);
    for (const { path, byRule, general } of this.candidates(block, rules)) {
      const rankOf = new Uint16Array(rules.length).fill(general === noRank ? noRank : firstGeneral + general);
      const beforeOf = new Map<number, number>();
      for (const { rule, rank, before } of byRule) {
        if (rank >= (rankOf[rule] as number)) continue;
        rankOf[rule] = rank;
        if (before === null) beforeOf.delete(rule);
        else beforeOf.set(rule, before);
      }
      const holders = new Map(
        [...new Set(beforeOf.values())].map((before) => [before, this.rowsNaming(block, before)]),
      );
      sweep.begin(path, rankOf, beforeOf, holders);
      this.forEachNaming(block, path, sweep.visit, sweep.visit);
    }
    return this.withValues(block, sweep.result());
  }

  private withValues(block: Block, found: Pick<BlockTargets, 'placeOf' | 'places' | 'rows'>): BlockTargets {
    const { placeOf, places } = found;
    const values = new Uint32Array(block.rowCount).fill(absent);
    const made = new Uint32Array(found.rows.length);
    places.forEach((place, at) => {
      const number = at + 1;
      const isMade = isPutTogether(block, place);
      const note = (row: number, value: number): void => {
        if (placeOf[row] !== number) return;
        if (isMade || values[row] !== absent) setBit(made, row);
        else values[row] = value;
      };
      this.forEachNaming(block, place.path, note, (row) => note(row, absent));
    });
    for (let row = 0; row < values.length; row++) if (hasBit(made, row)) values[row] = absent;
    return { ...found, values, made };
  }

  private rowsNaming(block: Block, path: number): Uint8Array {
    const rows = new Uint8Array(block.rowCount);
    const add = (row: number): void => {
      rows[row] = 1;
    };
    this.forEachNaming(block, path, add, add);
    return rows;
  }

  /** The calls of a block, as rules and the number of each row's. */
  private rulesOf(block: Block): { readonly rules: readonly TargetRule[]; readonly ruleOf: Uint32Array } {
    const { rowCount } = block;
    const [sources, names] = ['eventSource', 'eventName'].map((name) => {
      const values = new Uint32Array(rowCount).fill(absent);
      const column = block.columns.find(this.index.paths.find(name) ?? -1);
      if (column >= 0) block.columns.readValues(column, values);
      return values;
    }) as [Uint32Array, Uint32Array];
    const rules: TargetRule[] = [];
    const numbers = new Map<number, number>();
    const ruleOf = new Uint32Array(rowCount);
    let last = NaN;
    let number = 0;
    for (let row = 0; row < rowCount; row++) {
      const key = this.keyOf(sources[row] as number, names[row] as number);
      if (key !== last) {
        last = key;
        const known = numbers.get(key);
        number = known ?? rules.length;
        if (known === undefined) {
          numbers.set(key, number);
          rules.push(this.rule(sources[row] as number, names[row] as number));
        }
      }
      ruleOf[row] = number;
    }
    return { rules, ruleOf };
  }

  private rule(source: number, name: number): TargetRule {
    const key = this.keyOf(source, name);
    const known = this.rules.get(key);
    if (known !== undefined) return known;
    const text = (value: number): string => (value === absent ? '' : this.index.dictionary.text(value));
    const rule = targetRule(text(source), text(name));
    if (this.rules.size < maxRules) this.rules.set(key, rule);
    return rule;
  }

  /** One number for source and name of a call: few sources, and value numbers below 2^32. */
  private keyOf(source: number, name: number): number {
    const number = this.sources.get(source) ?? this.sources.size;
    this.sources.set(source, number);
    return number * 2 ** 32 + name;
  }

  /** The paths a block's rows can name targets by, in the order of their texts, with the rank each has for each rule. */
  private candidates(block: Block, rules: readonly TargetRule[]): readonly Candidate[] {
    const present = new Uint8Array(this.ranks.length);
    const found = new Map<number, Candidate>();
    const candidate = (path: number): Candidate => {
      const made = found.get(path) ?? { path, general: this.ranks[path] ?? noRank, byRule: [] };
      found.set(path, made);
      return made;
    };
    for (const path of [...block.columns.paths, ...[...block.uuids, ...block.texts].map((column) => column.path)]) {
      present[path] = 1;
      if (this.ranks[path] !== noRank) candidate(path);
    }
    rules.forEach((each, rule) => {
      for (const { path, rank, befores } of this.placesOfRule(each)) {
        if (present[path] !== 1) continue;
        const before = befores === null ? null : befores.find((holder) => present[holder] === 1);
        if (before !== undefined) candidate(path).byRule.push({ rule, rank, before });
      }
    });
    const text = (path: number): string => this.index.paths.text(path);
    return [...found.values()].sort((one, other) => (text(one.path) < text(other.path) ? -1 : 1));
  }

  private placesOfRule(rule: TargetRule): readonly PlacedPath[] {
    const known = this.placed.get(rule);
    if (known !== undefined) return known;
    const placed = rule.places.flatMap(({ paths }, rank) => {
      const [own = '', before] = [...paths].reverse();
      const befores = before === undefined ? null : this.pathsOf(before);
      return this.pathsOf(own).map((path) => ({ path, rank, befores }));
    });
    this.placed.set(rule, placed);
    return placed;
  }

  /** Takes in the paths that came since it was last called. */
  private learnPaths(): void {
    const { paths } = this.index;
    if (this.ranks.length < paths.length) this.placed = new WeakMap();
    for (let path = this.ranks.length; path < paths.length; path++) {
      const text = targetPath(paths.text(path));
      this.ranks.push(generalRank(text)?.rank ?? noRank);
      const known = this.byRulePath.get(text);
      if (known === undefined) this.byRulePath.set(text, [path]);
      else known.push(path);
    }
  }
}

interface Candidate {
  readonly path: number;
  readonly general: number;
  /** What it is in places of rules; `before` as in {@link Place}. */
  readonly byRule: { readonly rule: number; readonly rank: number; readonly before: number | null }[];
}

/** A place of a rule: one of the paths it means, and those that what stands before the `/` may be under. */
interface PlacedPath {
  readonly path: number;
  readonly rank: number;
  readonly befores: readonly number[] | null;
}

/** Whether targets at a place are not single values of the dictionary. */
export function isPutTogether(block: Block, { path, before }: Place): boolean {
  return before !== null || block.identifiersOf(path).length > 0;
}

const nothing = new Uint8Array(0);
/** What redacted texts begin with, so that no other text is decoded. */
const redactedStarts = ['hidden_due', '***', 'sensitivedata', '<sensitivedata'].map((text) => Buffer.from(text));

/** Whether a text is empty, or AWS wrote something else in its place. */
function isNameless(texts: TextStore, at: number): boolean {
  if (texts.equalsLower(at, nothing)) return true;
  return redactedStarts.some((start) => texts.startsLower(at, start)) && isRedacted(texts.text(at));
}

/** Goes over the rows that have a value under one path after another, and keeps the best-ranked place of each row. */
class Sweep {
  private readonly ruleOf: Uint32Array;
  private readonly best: Uint16Array;
  private readonly placeOf: Uint16Array;
  private readonly places: Place[] = [];
  private readonly numbers = new Map<string, number>();
  private path = 0;
  private rankOf: Uint16Array = new Uint16Array(0);
  private plain = 0;
  private beforeOf: ReadonlyMap<number, number> = new Map();
  private holders: ReadonlyMap<number, Uint8Array> = new Map();

  constructor(block: Block, ruleOf: Uint32Array) {
    this.ruleOf = ruleOf;
    this.best = new Uint16Array(block.rowCount).fill(noRank);
    this.placeOf = new Uint16Array(block.rowCount);
  }

  begin(
    path: number,
    rankOf: Uint16Array,
    beforeOf: ReadonlyMap<number, number>,
    holders: ReadonlyMap<number, Uint8Array>,
  ): void {
    this.path = path;
    this.rankOf = rankOf;
    this.plain = 0;
    this.beforeOf = beforeOf;
    this.holders = holders;
  }

  readonly visit = (row: number): void => {
    const rule = this.ruleOf[row] as number;
    const rank = this.rankOf[rule] as number;
    if (rank >= (this.best[row] as number)) return;
    const before = this.beforeOf.size === 0 ? undefined : this.beforeOf.get(rule);
    if (before !== undefined && this.holders.get(before)?.[row] !== 1) return;
    this.best[row] = rank;
    if (before !== undefined) this.placeOf[row] = this.numberOf({ path: this.path, before });
    else
      this.placeOf[row] =
        this.plain === 0 ? (this.plain = this.numberOf({ path: this.path, before: null })) : this.plain;
  };

  result(): Pick<BlockTargets, 'placeOf' | 'places' | 'rows'> {
    const { places, placeOf } = this;
    const rows = new Uint32Array((placeOf.length + 31) >>> 5);
    for (let row = 0; row < placeOf.length; row++) if (placeOf[row] !== 0) setBit(rows, row);
    return { places, rows, placeOf: places.length < 0x100 ? Uint8Array.from(placeOf) : placeOf };
  }

  private numberOf(place: Place): number {
    const key = `${place.path} ${place.before ?? ''}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.places.push(place);
    this.numbers.set(key, this.places.length);
    return this.places.length;
  }
}
