import { posix, win32 } from 'node:path';

/** What the settings' folder depends on. */
export interface ConfigPlace {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The folder for settings: the platform's usual one, or the one the user named. Relative XDG values are ignored, as XDG says. */
export function configDir(place: ConfigPlace, chosen?: string): string {
  if (chosen !== undefined) return chosen;
  const { platform, env, home } = place;
  if (platform === 'win32') return win32.join(env['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Trailglass');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Trailglass');
  const xdg = env['XDG_CONFIG_HOME'];
  return posix.join(xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.config'), 'trailglass');
}
