import { join } from 'node:path';
import type { Rectangle } from 'electron';
import * as v from 'valibot';
import { jsonFile, type JsonFile, type JsonFileContext } from '#host/json-file';

/** Where the window was when it was closed. */
export interface WindowState {
  readonly bounds: Rectangle | null;
  readonly isMaximized: boolean;
  readonly isFullScreen: boolean;
  /** 1: as it is without zoom. */
  readonly zoom: number;
}

const stateSchema = v.object({
  bounds: v.nullable(v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() })),
  isMaximized: v.boolean(),
  // Files stored before there were these stay valid.
  isFullScreen: v.optional(v.boolean(), false),
  zoom: v.optional(v.pipe(v.number(), v.minValue(0.25), v.maxValue(5)), 1),
});

const initialState: WindowState = { bounds: null, isMaximized: false, isFullScreen: false, zoom: 1 };

/** `window.json` beside the settings. */
export function windowStateFile(folder: string, context: JsonFileContext): JsonFile<WindowState> {
  return jsonFile(join(folder, 'window.json'), stateSchema, initialState, context);
}

/** The stored bounds, or null where no current screen shows enough of the window to drag it. */
export function visibleBounds(bounds: Rectangle | null, screens: readonly Rectangle[]): Rectangle | null {
  if (bounds === null) return null;
  const isReachable = screens.some((screen) => {
    const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    const isTitleThere = bounds.y >= screen.y && bounds.y < screen.y + screen.height - 50;
    return width >= 100 && isTitleThere;
  });
  return isReachable ? bounds : null;
}
