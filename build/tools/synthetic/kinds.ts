import type { CallerKind } from './callers';
import type { Random } from './random';
import type { Call, Caller } from './record';
import type { Place } from './world';

/** What the maker of a call may look at. */
export interface Scene {
  readonly place: Place;
  readonly random: Random;
  readonly caller: Caller;
  readonly timeMs: number;
}

/** One kind of event of the archive. */
export interface EventKind {
  /** How common it is, against the sum of all. */
  readonly weight: number;
  /** A kind that stands here twice is twice as common. */
  readonly callers: readonly CallerKind[];
  /** Recorded in us-east-1 alone. */
  readonly isGlobal?: boolean;
  /** Makes another caller than those of `callers`. */
  readonly caller?: (place: Place, random: Random) => Caller;
  readonly make: (scene: Scene) => Call;
}
