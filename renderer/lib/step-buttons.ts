/** Buttons side by side that are one stop for Tab. */

/** Moves the focus to the next or previous button of a row by the arrow keys. Returns whether the key was one of them. */
export function stepButtons(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): boolean {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return false;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === event.target);
  buttons[at + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
  event.preventDefault();
  event.stopPropagation();
  return true;
}
