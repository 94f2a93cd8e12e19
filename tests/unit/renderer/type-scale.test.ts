/** The window has four sizes of type, by name; nothing sets another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '..', '..', '..', 'renderer');
const styled = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(svelte|css)$/.test(file),
);

describe('the type scale', () => {
  it('has four sizes', () => {
    const css = readFileSync(join(renderer, 'app.css'), 'utf8');
    expect([...css.matchAll(/--text-\d+: (\d+)px/g)].map(([, px]) => Number(px))).toEqual([11, 12, 13, 16]);
  });

  it('is all that any part of the window writes in', () => {
    const others = styled.flatMap((file) => {
      const rules = readFileSync(join(renderer, file), 'utf8').matchAll(/\bfont(?:-size)?:\s*([^;]+);/g);
      return [...rules]
        .map(([, size = '']) => size)
        .filter((size) => !/^(?:inherit$|(?:italic |\d+ )?var\(--text-[1-4]\)(?:\/\d+(?:px)?|\s|$))/.test(size))
        .map((size) => `${file}: ${size}`);
    });
    expect(others).toEqual([]);
  });

  it('stands for sizes of drawings too', () => {
    const drawn = styled.filter((file) => /font-size="/.test(readFileSync(join(renderer, file), 'utf8')));
    expect(drawn).toEqual([]);
  });
});
