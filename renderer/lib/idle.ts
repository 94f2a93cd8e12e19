/**
 * Lets tests wait until the window is at rest, so that none of them sleeps.
 *
 * At rest: no call in progress, no delayed work waiting, no running animation that will end, and all of that for 100 ms.
 */

const restMs = 100;
let held = 0;

/** Marks work that waits for a timer; the returned function marks its end, once. */
export function hold(): () => void {
  let isHeld = true;
  held++;
  return () => {
    if (isHeld) held--;
    isHeld = false;
  };
}

/** Runs `work` after `delayMs`, and counts as not at rest until then. Returns a function that cancels it. */
export function later(delayMs: number, work: () => void): () => void {
  const release = hold();
  const timer = setTimeout(() => {
    release();
    work();
  }, delayMs);
  return () => {
    clearTimeout(timer);
    release();
  };
}

/** Defines `window.__idle`: a promise of true, resolved once the window is at rest. */
export function installIdle(host: { readonly pending: number }): void {
  const isBusy = (): boolean => host.pending > 0 || held > 0 || document.getAnimations().some(willEnd);

  window.__idle = async () => {
    let restSince = performance.now();
    while (performance.now() - restSince < restMs) {
      await nextFrame();
      if (isBusy()) restSince = performance.now();
    }
    return true;
  };
}

function willEnd(animation: Animation): boolean {
  return animation.playState === 'running' && animation.effect?.getComputedTiming().endTime !== Infinity;
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

declare global {
  interface Window {
    __idle: () => Promise<true>;
  }
}
