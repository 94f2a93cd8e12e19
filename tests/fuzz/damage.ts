/** Damage of the kinds that disks, cables, tools and hands do, by chance, with an account of what is left whole. */
import type { Random } from '../../build/tools/synthetic/random';
import type { GoodText } from './good-archives';

/** A stretch of the original, or bytes that were put in. */
type Piece = { readonly from: number; readonly to: number } | { readonly noise: Uint8Array };

export interface Damaged {
  readonly bytes: Buffer;
  /** What was done, for a person. */
  readonly said: readonly string[];
  /** Stretches of the original that stand there in one piece, from and to. */
  readonly runs: readonly (readonly [from: number, to: number])[];
}

const structural = Buffer.from('{}[]",:\\\n\0 ');

/** One to four damages of a copy of the bytes. */
export function damage(random: Random, original: Buffer): Damaged {
  let pieces: readonly Piece[] = [{ from: 0, to: original.length }];
  const said: string[] = [];
  const place = (): number => random.below(Math.max(1, lengthOf(pieces)));
  const stretch = (): number => 1 + random.below(random.pick([1, 8, 200, 5_000]));
  const kinds: readonly (() => void)[] = [
    () => {
      const at = place();
      const bit = random.chance(0.5);
      const old = bytesOf(pieces, original)[at] ?? 0;
      const now = bit ? old ^ (1 << random.below(8)) : (structural[random.below(structural.length)] ?? 0);
      said.push(`byte ${String(at)} made ${String(now)}`);
      if (now !== old)
        pieces = [...cut(pieces, 0, at), { noise: Uint8Array.of(now) }, ...cut(pieces, at + 1, Infinity)];
    },
    () => {
      const at = place();
      const length = random.chance(0.3) ? Infinity : stretch();
      said.push(`${String(length)} bytes cut out at ${String(at)}`);
      pieces = [...cut(pieces, 0, at), ...cut(pieces, at + length, Infinity)];
    },
    () => {
      const at = place();
      const length = stretch();
      said.push(`${String(length)} bytes repeated at ${String(at)}`);
      pieces = [...cut(pieces, 0, at + length), ...cut(pieces, at, Infinity)];
    },
    () => {
      const at = place();
      const from = place();
      const length = stretch();
      said.push(`${String(length)} bytes of ${String(from)} put in at ${String(at)}`);
      pieces = [...cut(pieces, 0, at), ...cut(pieces, from, from + length), ...cut(pieces, at, Infinity)];
    },
    () => {
      const at = place();
      const noise = Uint8Array.from({ length: stretch() }, () =>
        random.chance(0.3) ? (structural[random.below(structural.length)] ?? 0) : random.below(256),
      );
      said.push(`${String(noise.length)} bytes of noise put in at ${String(at)}`);
      pieces = [...cut(pieces, 0, at), { noise }, ...cut(pieces, at, Infinity)];
    },
  ];
  for (let count = 1 + random.below(4); count > 0; count--) random.pick(kinds)();
  return { bytes: bytesOf(pieces, original), said, runs: runsOf(pieces) };
}

/** The bytes as they are. */
export function undamaged(original: Buffer): Damaged {
  return { bytes: original, said: ['not damaged'], runs: [[0, original.length]] };
}

/** The records that stand whole in one of the stretches together with those before and after them, or with the end of the text. */
export function wholeRecords({ records, bytes }: GoodText, runs: Damaged['runs']): ReadonlySet<string> {
  const whole = new Set<string>();
  records.forEach(({ id }, index) => {
    const from = records[index - 1]?.start ?? 0;
    const to = records[index + 1]?.end ?? bytes.length;
    if (runs.some((run) => run[0] <= from && run[1] >= to)) whole.add(id);
  });
  return whole;
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
}

function sizeOf(piece: Piece): number {
  return 'noise' in piece ? piece.noise.length : piece.to - piece.from;
}

function cut(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const size = sizeOf(piece);
    const start = Math.max(0, from - at);
    const end = Math.min(size, to - at);
    if (start < end) {
      found.push(
        'noise' in piece
          ? { noise: piece.noise.subarray(start, end) }
          : { from: piece.from + start, to: piece.from + end },
      );
    }
    at += size;
  }
  return found;
}

function bytesOf(pieces: readonly Piece[], original: Buffer): Buffer {
  return Buffer.concat(
    pieces.map((piece) => ('noise' in piece ? piece.noise : original.subarray(piece.from, piece.to))),
  );
}

function runsOf(pieces: readonly Piece[]): Damaged['runs'] {
  const runs: [number, number][] = [];
  let isBroken = true;
  for (const piece of pieces) {
    const last = runs.at(-1);
    if ('noise' in piece) isBroken = true;
    else if (!isBroken && last?.[1] === piece.from) last[1] = piece.to;
    else {
      runs.push([piece.from, piece.to]);
      isBroken = false;
    }
  }
  return runs;
}
