/** Every colour on everything it stands on, by the style sheet itself, in light and in dark. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourTokens, contrast, mixed, rgb, type Scheme } from '../../helpers/colours';
import { decorative, drawingPairs, surfaces, textPairs, type Surface } from '../../helpers/contrast-pairs';

const renderer = join(import.meta.dirname, '..', '..', '..', 'renderer');
const css = readFileSync(join(renderer, 'app.css'), 'utf8');
const tokens = colourTokens(css);

function colourOf(token: string, scheme: Scheme) {
  const found = tokens.get(token);
  if (found === undefined) throw new Error(`no colour --${token} in app.css`);
  return rgb(found[scheme]);
}

function surfaceOf(surface: Surface, scheme: Scheme) {
  const [over, share = 100, under = over] = surfaces[surface];
  return mixed(colourOf(over, scheme), share, colourOf(under, scheme));
}

/** What falls short, with its ratio. */
function tooFaint(pairs: Readonly<Record<string, readonly Surface[]>>, least: number): readonly string[] {
  return (['light', 'dark'] as const).flatMap((scheme) =>
    Object.entries(pairs).flatMap(([token, stands]) =>
      stands.flatMap((surface) => {
        const ratio = contrast(colourOf(token, scheme), surfaceOf(surface, scheme));
        return ratio < least ? [`${scheme}: --${token} on ${surface}: ${ratio.toFixed(2)}`] : [];
      }),
    ),
  );
}

describe('the colours', () => {
  it('are computed as WCAG does', () => {
    expect(contrast(rgb('#000000'), rgb('#ffffff'))).toBeCloseTo(21, 5);
    expect(contrast(rgb('#777777'), rgb('#ffffff'))).toBeCloseTo(4.48, 2);
  });

  it('of texts have 4.5 to 1 on all they stand on', () => {
    expect(tooFaint(textPairs, 4.5)).toEqual([]);
  });

  it('of icons, bars and borders with a meaning have 3 to 1', () => {
    expect(tooFaint(drawingPairs, 3)).toEqual([]);
  });

  it('all have a place in the list of pairs', () => {
    const listed = new Set([
      ...[...Object.keys(textPairs), ...Object.keys(drawingPairs), ...decorative],
      ...Object.values(surfaces).flatMap(([over, , under]) => (under === undefined ? [over] : [over, under])),
    ]);
    expect([...tokens.keys()].filter((token) => !listed.has(token))).toEqual([]);
  });

  it('are the tokens alone: no part of the window mixes one of its own', () => {
    const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.svelte'),
    );
    const own = files.filter((file) => /:\s[^;{}]*#[0-9a-f]{3,8}\b[^;{}]*;/i.test(styleOf(file)));
    expect(own).toEqual([]);
  });
});

function styleOf(file: string): string {
  return readFileSync(join(renderer, file), 'utf8').split('<style>')[1] ?? '';
}
