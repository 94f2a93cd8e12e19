/** The regions of the window, in the order F6 goes through them. */

export type Region = 'query' | 'timeline' | 'facets' | 'events' | 'detail' | 'comparison' | 'status';

const order: readonly Region[] = ['query', 'timeline', 'facets', 'events', 'detail', 'comparison', 'status'];

const focusable = 'button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]';

/** Puts the focus into a region: where it marks with `data-focus-first`, on its tree, else on the first thing that takes it. */
export function focusRegion(region: Region): boolean {
  const element = document.querySelector(`[data-region="${region}"]`);
  // What lies under a comparison is inert.
  if (element === null || element.closest('[inert]') !== null) return false;
  const preferred = element.querySelector('[data-focus-first], [role="tree"]');
  const scope = preferred ?? element;
  const target = scope.matches(focusable)
    ? scope
    : (scope.querySelector(focusable) ?? element.querySelector(focusable));
  if (!(target instanceof HTMLElement) && !(target instanceof SVGElement)) return false;
  target.focus();
  return true;
}

export function isFocusIn(region: Region): boolean {
  return (document.activeElement?.closest(`[data-region="${region}"]`) ?? null) !== null;
}

/** Moves the focus by one region, round and round, past those that are not there or take no focus. */
export function moveRegion(by: 1 | -1): void {
  const current = document.activeElement?.closest('[data-region]')?.getAttribute('data-region');
  let index = order.findIndex((region) => region === current);
  if (index === -1) index = by === 1 ? -1 : 0;
  for (let tries = 0; tries < order.length; tries++) {
    index = (index + by + order.length) % order.length;
    const region = order[index];
    if (region !== undefined && focusRegion(region)) return;
  }
}
