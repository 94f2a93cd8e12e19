import { spawn } from 'node:child_process';

/**
 * The command that shows a page in the user's browser, as a program and its arguments. Every user of the computer can read them: the address must
 * hold no secret.
 */
export function browserCommand(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  // The empty argument is the window's title; without it `start` takes the address for one.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return ['xdg-open', url];
}

/** Opens the browser. Logs one line where there is none; the address was printed anyway. */
export function openBrowser(url: string, log: (line: string) => void): void {
  const [program, ...args] = browserCommand(process.platform, url);
  const failed = (): void => {
    log('No browser could be started here: open the address above yourself.');
  };
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', failed);
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) failed();
  });
  child.unref();
}
