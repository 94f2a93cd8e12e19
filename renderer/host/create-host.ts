/** Finds the host this window was opened by. */
import type { Bridge } from '#contract/bridge';
import { createElectronHost } from './electron-port';
import type { Host } from './host';
import { createHttpHost } from './http-port';

declare global {
  interface Window {
    /** Put there by Electron's preload; a browser has none. */
    readonly trailglass?: Bridge;
  }
}

/** Connects to the host this window was opened by. */
export function createHost(): Host {
  const bridge = window.trailglass;
  return bridge === undefined ? createHttpHost() : createElectronHost(bridge);
}
