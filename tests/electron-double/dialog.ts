/**
 * Electron's dialogs and clipboard.
 *
 * Nobody is there to answer a dialog: a test puts its own function in place, as for the real program. One that was not expected is a fault,
 * but for messages, which go to a list.
 */
import { BrowserWindow } from './browser-window';
import { inside } from './guard';
import { life } from './life';

function unexpected(name: string): never {
  life.fault(`nobody answers dialog.${name}`);
  throw new Error(`nobody answers dialog.${name}`);
}

export const dialog = {
  showOpenDialog: (): Promise<never> => unexpected('showOpenDialog'),
  showSaveDialog: (): Promise<never> => unexpected('showSaveDialog'),
  showSaveDialogSync: (): never => unexpected('showSaveDialogSync'),
  showMessageBox: (): Promise<never> => unexpected('showMessageBox'),
  showMessageBoxSync: (): never => unexpected('showMessageBoxSync'),
  showErrorBox(title: string, text: string): void {
    process.stderr.write(`dialog: ${title}: ${text}\n`);
  },
};

const reading = { name: 'clipboard-read' };

/** Chromium's own clipboard, through the preload's world of the window: the page has no right to read it, so it is lent for the moment. */
async function inWindow(expression: string): Promise<unknown> {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('the double needs a window to reach the clipboard');
  const contents = inside(window.webContents);
  return inside(contents.session).lend(reading, contents.getURL(), () => contents.evaluate(expression, true));
}

/** Since Electron 44 its methods answer with promises. */
export const clipboard = {
  readText: async (): Promise<string> => String(await inWindow('navigator.clipboard.readText()')),
  async writeText(text: string): Promise<void> {
    await inWindow(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  },
};
