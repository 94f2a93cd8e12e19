import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type * as zlib from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inflate, inflateUpToDamage } from '#engine/sources/inflate';
import { AccessInput } from '#engine/sources/packed-input';
import { HeldBytes } from '#engine/sources/random-access';
import { tries } from '../../../helpers/properties';

const counts = vi.hoisted(() => ({ calls: 0, streams: 0 }));
vi.mock('node:zlib', async (importActual) => {
  const actual = await importActual<typeof zlib>();
  return {
    ...actual,
    inflateRawSync: (...request: Parameters<typeof actual.inflateRawSync>) => {
      counts.calls++;
      return actual.inflateRawSync(...request);
    },
    createInflateRaw: (...request: Parameters<typeof actual.createInflateRaw>) => {
      counts.streams++;
      return actual.createInflateRaw(...request);
    },
  };
});

beforeEach(() => {
  counts.calls = 0;
  counts.streams = 0;
});

/** What the longest start unpacks to that zlib takes. */
function naive(packed: Uint8Array): Buffer {
  for (let length = packed.length; ; length--) {
    try {
      return inflateRawSync(packed.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      continue;
    }
  }
}

async function unpacked(packed: Uint8Array): Promise<{ bytes: Buffer; error: Error | null }> {
  const pieces: Buffer[] = [];
  const all = inflate(new AccessInput(new HeldBytes(packed)), 0);
  let step = await all.next();
  for (; step.done !== true; step = await all.next()) pieces.push(Buffer.from(step.value));
  return { bytes: Buffer.concat(pieces), error: step.value.error };
}

describe('damaged deflate data', () => {
  const data = fc
    .tuple(
      fc.array(fc.oneof(fc.lorem({ maxCount: 20 }), fc.string({ minLength: 50, maxLength: 400 })), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.constantFrom(0, 6),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
    )
    .map(([texts, level, where, noise]) => {
      const packed = Buffer.from(deflateRawSync(texts.join(' '), { level }));
      packed.set(
        noise.subarray(0, Math.max(0, packed.length - Math.floor(where * packed.length))),
        Math.floor(where * packed.length),
      );
      return packed;
    });

  it('gives all that stands before the damage, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (packed) => {
        const expected = naive(packed);
        expect(Buffer.from(inflateUpToDamage(packed)?.bytes ?? [])).toEqual(expected);
        expect((await unpacked(packed)).bytes).toEqual(expected);
      }),
      { numRuns: tries(120) },
    );
  });

  it('that is refused at once takes a few short calls and no stream', async () => {
    const { bytes, error } = await unpacked(Buffer.alloc(2 ** 16, 0x07));
    expect([bytes.length, error?.message]).toEqual([0, 'invalid block type']);
    expect(counts).toEqual({ calls: 3, streams: 0 });
  });
});
