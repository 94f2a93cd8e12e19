/** An event's target in the words of the sentence. */
import type { EventTarget, TargetName } from '#contract/events';
import { generalRank, inWords, kindOfArn, targetPath, type TargetRule } from '#core/target/target-rule';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';
import { placeTexts, targetPlaces } from './target-field';
import type { Place } from './target-places';

/** Undefined where the event names no target. */
export function targetSummary(index: EventIndex, row: number): EventTarget | undefined {
  const block = index.blockOf(row);
  if (block === undefined) return undefined;
  const local = row - block.base;
  const places = targetPlaces(index);
  const { placeOf, places: used } = places.of(block);
  const place = used[(placeOf[local] as number) - 1];
  if (place === undefined) return undefined;
  const rule = places.ruleOf(block, local);
  const kind = kindOf(index, rule, place);
  const texts = placeTexts(places, block, local, place);
  const names = texts.map((text) => ({ kind: kind === '' ? kindOfArn(text) : kind, text, field: 'target' }));
  return { names, beside: besideOf(index, block, local, rule).filter(({ text }) => !texts.includes(text)) };
}

/** By the call's own rule, else by the name of the parameter. */
function kindOf(index: EventIndex, rule: TargetRule, { path, before }: Place): string {
  const written = index.paths.text(path);
  const own = targetPath(written);
  const special = rule.places.find(({ paths }) => paths.at(-1) === own && paths.length === (before === null ? 1 : 2));
  if (special !== undefined) return special.kind;
  const general = generalRank(own);
  if (general === null || general.kind !== '') return general?.kind ?? '';
  return general.isNamed ? '' : inWords(written.slice(written.lastIndexOf('.') + 1));
}

/** The first of the places with a value, of each kind. */
function besideOf(index: EventIndex, block: Block, local: number, rule: TargetRule): readonly TargetName[] {
  const places = targetPlaces(index);
  const found = new Map<string, TargetName>();
  for (const { kind, paths } of rule.beside) {
    for (const path of found.has(kind) ? [] : places.pathsOf(paths[0] ?? '')) {
      const [text] = places.namingTexts(block, local, path);
      if (text !== undefined) found.set(kind, { kind, text, field: index.paths.text(path) });
    }
  }
  return [...found.values()];
}
