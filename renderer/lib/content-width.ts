/**
 * How wide the content of a cell is, though it is cut off or set apart: in px, without the cell's own padding.
 *
 * Cells lay their parts out in containers that take the cell's width and hide what does not fit, so that no box is as wide as its content.
 */
export function contentWidthPx(cell: HTMLElement): number {
  let widthPx = 0;
  const counted = new Set<Element>();
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const around = elementsAround(text, cell);
    const styles = around.map((element) => getComputedStyle(element));
    // For the ear alone, or in its short form elsewhere.
    if (styles.some(({ position, display }) => position === 'absolute' || display === 'none')) continue;
    range.selectNodeContents(text);
    widthPx += range.getBoundingClientRect().width;
    for (const [at, element] of around.entries()) {
      const style = styles[at];
      if (style === undefined || counted.has(element)) continue;
      counted.add(element);
      widthPx += sidesPx(style);
      if (style.display === 'flex') widthPx += (element.childElementCount - 1) * numberOf(style.columnGap);
    }
  }
  return Math.ceil(widthPx);
}

function elementsAround(node: Node, cell: HTMLElement): readonly Element[] {
  const found: Element[] = [];
  for (let element = node.parentElement; element !== null && element !== cell; element = element.parentElement)
    found.push(element);
  return found;
}

function sidesPx(style: CSSStyleDeclaration): number {
  const { paddingLeft, paddingRight, borderLeftWidth, borderRightWidth, marginLeft, marginRight } = style;
  const sides = [paddingLeft, paddingRight, borderLeftWidth, borderRightWidth, marginLeft, marginRight];
  return sides.reduce((sum, side) => sum + numberOf(side), 0);
}

/** `normal` and `auto` take no room here. */
function numberOf(length: string): number {
  const px = Number.parseFloat(length);
  return Number.isNaN(px) ? 0 : px;
}
