import { describe, expect, it } from 'vitest';
import { collectManyBuffers } from '#engine/collect-garbage';

const mb = 2 ** 20;
const outside = (): number => process.memoryUsage().external;

/** Takes memory that nothing refers to afterwards. */
function waste(bytes: number): void {
  new Uint8Array(bytes).fill(1);
}

describe('garbage after an import', () => {
  it('is collected at once where it is large', () => {
    const before = outside();
    waste(64 * mb);
    expect(outside()).toBeGreaterThan(before + 60 * mb);
    collectManyBuffers();
    expect(outside()).toBeLessThan(before + 4 * mb);
  });

  it('is left to V8 where it is small', () => {
    const before = outside();
    waste(8 * mb);
    collectManyBuffers(9 * mb);
    expect(outside()).toBeGreaterThan(before + 7 * mb);
  });
});
