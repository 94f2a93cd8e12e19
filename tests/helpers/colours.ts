/** Contrast as WCAG 2.2 computes it, for the tokens of the window's style sheet. */

export type Scheme = 'light' | 'dark';
type Rgb = readonly [number, number, number];

/** The colours of a style sheet, by token without its dashes. Those that are written as `light-dark(#…, #…)` only. */
export function colourTokens(css: string): ReadonlyMap<string, Readonly<Record<Scheme, string>>> {
  const found = css.matchAll(/--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]));
}

/** `#rrggbb` as parts from 0 to 255. */
export function rgb(hex: string): Rgb {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** A colour that lies over another, as `color-mix(in srgb, over share%, transparent)` does. */
export function mixed(over: Rgb, sharePercent: number, under: Rgb): Rgb {
  const part = (at: 0 | 1 | 2): number => (over[at] * sharePercent + under[at] * (100 - sharePercent)) / 100;
  return [part(0), part(1), part(2)];
}

/** From 1 to 21: WCAG 2.2, "contrast ratio" and "relative luminance". */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
