/** Said once per start where the system gives the window no sandbox. */
import { app, dialog, type BrowserWindow } from 'electron';

/** Whether Chromium was started without its sandbox: by a person, or by the starter of an AppImage where the system allows none. */
export function isSandboxOff(): boolean {
  return app.commandLine.hasSwitch('no-sandbox');
}

/** Warns in front of the window; the app can be used all the same. */
export async function warnOfNoSandbox(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Trailglass',
    message: 'The sandbox is off',
    detail:
      'This system gives the window no sandbox. Trailglass works as usual, but a fault in its browser engine could then be used by a prepared log. ' +
      'On Ubuntu, install the deb package, which allows the sandbox.',
    buttons: ['Go on'],
  });
}
