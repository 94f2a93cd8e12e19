/** The facets of a query: their values with counts. */
import type { Facet, FacetRequest, FacetValue } from '#contract/query';
import { fieldType, namedField, valueLabel } from '#core/fields';
import { parsePrincipal } from '#core/principal';
import type { QueryNode } from '#core/query/ast';
import { isChosenBy, isSameValue, selectionIn, type Selection } from '#core/query/clauses';
import type { VisibleIndex } from '../visibility/visible-index';
import { best } from './best';
import type { CrossFilter } from './cross-filter';
import { countField, type FacetCounts } from './facet-counts';
import { resolveField } from './fields';

const maxValues = 10_000;

/** One facet, counted under all clauses of the query but those that test its field alone. */
export function findFacet(index: VisibleIndex, filter: CrossFilter, query: QueryNode, request: FacetRequest): Facet {
  const matches = filter.withoutField(request.field);
  const field = resolveField(index, request.field);
  const selection = selectionIn(query, request.field);
  const counts = countField(index, field, matches);
  if (counts === null) {
    const values = chosenValues(selection).map((value) => valueOf(request.field, value, 0, selection));
    return { field: request.field, values, distinct: 0, missing: 0, uncounted: true };
  }
  const found = search(counts, request);
  const limit = Math.max(0, Math.min(maxValues, Math.floor(request.limit)));
  const order = (one: number, other: number): number => {
    const byCount = counts.count(other) - counts.count(one);
    return (request.order === 'most' ? byCount : -byCount) || counts.compare(one, other);
  };
  const listed = best(found, limit, order);
  const values = listed.map((at) => valueOf(request.field, counts.text(at), counts.count(at), selection));
  const rest = chosenBeyond(counts, found, new Set(listed), request, selection, order);
  return {
    field: request.field,
    values: [...values, ...rest],
    distinct: found.length,
    missing: matches.count - counts.present,
  };
}

function valueOf(field: string, value: string, count: number, selection: Selection): FacetValue {
  const chosenIn = (values: readonly string[]): string | undefined =>
    values.find((chosen) => isSameValue(field, chosen, value)) ??
    values.find((chosen) => isChosenBy(field, chosen, value));
  const excluded = chosenIn(selection.excluded);
  const chosen = excluded ?? chosenIn(selection.included);
  // A value that one clause asks for and another excludes does not match.
  const state = excluded !== undefined ? 'excluded' : chosen !== undefined ? 'included' : 'none';
  const isByName = chosen !== undefined && !isSameValue(field, chosen, value);
  return { value, label: valueLabel(field, value), count, state, ...(isByName ? { chosenAs: chosen } : {}) };
}

function chosenValues(selection: Selection): readonly string[] {
  return [...selection.included, ...selection.excluded];
}

/** Chosen values that are not among the first: they stay visible, even with a count of zero. */
function chosenBeyond(
  counts: FacetCounts,
  found: readonly number[],
  listed: ReadonlySet<number>,
  request: FacetRequest,
  selection: Selection,
  order: (one: number, other: number) => number,
): FacetValue[] {
  const wanted = request.search.toLowerCase();
  const byText = new Map<string, { readonly value: string; isFound: boolean }[]>();
  for (const value of chosenValues(selection)) {
    const same = byText.get(value.toLowerCase()) ?? [];
    if (same.some((known) => isSameValue(request.field, known.value, value))) continue;
    byText.set(value.toLowerCase(), [...same, { value, isFound: false }]);
  }
  if (byText.size === 0) return [];
  const isIdentity = fieldType(request.field) === 'identity';
  const hasNames = isIdentity && chosenValues(selection).some((value) => parsePrincipal(value) === null);
  const unlisted: number[] = [];
  for (const at of found) {
    const lower = counts.lowerText(at);
    let matches = byText.get(lower) ?? [];
    if (isIdentity) {
      // Few of thousands of principals resemble a chosen one: only those are parsed.
      const named = hasNames ? byText.get(beforeParenthesis(lower)) : undefined;
      const alike = named === undefined ? matches : [...matches, ...named];
      matches = alike.filter(({ value }) => isChosenBy(request.field, value, counts.text(at)));
    }
    for (const match of matches) match.isFound = true;
    if (matches.length > 0 && !listed.has(at)) unlisted.push(at);
  }
  const beyond = unlisted.sort(order).map((at) => valueOf(request.field, counts.text(at), counts.count(at), selection));
  for (const { value, isFound } of [...byText.values()].flat()) {
    const isWanted = [value, valueLabel(request.field, value)].some((text) => text.toLowerCase().includes(wanted));
    if (!isFound && isWanted) beyond.push(valueOf(request.field, value, 0, selection));
  }
  return beyond;
}

/** The name where the text is a principal's; in lower case if the text is, since lower-casing does not depend on what follows a space. */
function beforeParenthesis(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf(' (')));
}

/** The values that contain the text, as written or as shown. */
function search(counts: FacetCounts, { field, search: text }: FacetRequest): number[] {
  const wanted = text.toLowerCase();
  const hasLabels = namedField(field)?.valueLabels !== undefined;
  const isLabelled = (at: number): boolean => valueLabel(field, counts.text(at)).toLowerCase().includes(wanted);
  const found: number[] = [];
  for (let at = 0; at < counts.length; at++) {
    if (wanted === '' || counts.lowerText(at).includes(wanted) || (hasLabels && isLabelled(at))) found.push(at);
  }
  return found;
}
