/** The double of Electron holds the app to what Electron declares: a double that takes anything proves nothing. */
import { expect, test } from '../fixtures';

test('the double refuses what Electron does not have, wrong arguments, and calls out of order', async ({ app }) => {
  app.onlyInDouble('this is about the double');
  await app.start();
  const said = await app.desktop.evaluate(({ app: main, BrowserWindow, Menu, session }) => {
    const loose = { main, BrowserWindow, Menu, session } as unknown as Record<
      string,
      Record<string, (...args: unknown[]) => unknown>
    >;
    const messageOf = (work: () => unknown): string => {
      try {
        return `took it: ${String(work())}`;
      } catch (error) {
        return (error as Error).message.replace(/ \(electron\.d\.ts .*\)$/, '');
      }
    };
    const Window = BrowserWindow as unknown as new (options: unknown) => unknown;
    return [
      messageOf(() => loose['main']?.['enableSandboxes']?.()),
      messageOf(() => loose['main']?.['dock']),
      messageOf(() => loose['main']?.['setPath']?.('userData', 5)),
      messageOf(() => loose['main']?.['on']?.('windows-all-closed', () => undefined)),
      messageOf(() => loose['main']?.['enableSandbox']?.()),
      messageOf(() => loose['session']?.['fromPartition']?.()),
      messageOf(() => loose['Menu']?.['buildFromTemplate']?.([{ labell: 'x' }])),
      messageOf(() => new Window({ webPreferences: { sandbox: 'yes' } })),
      messageOf(() => new Window({ sandbox: true })),
    ];
  });
  expect(said).toEqual([
    'Electron has no App.enableSandboxes',
    'the double of Electron lacks App.dock',
    'App.setPath: argument 2 must be string',
    expect.stringMatching(/^App\.on: no signature takes "windows-all-closed"/),
    'app.enableSandbox can only be called before the app is ready',
    'typeof Session.fromPartition: argument 1 must be string',
    expect.stringContaining('argument 1[0].labell is unknown'),
    expect.stringContaining('argument 1.webPreferences.sandbox must be'),
    expect.stringContaining('argument 1.sandbox is unknown'),
  ]);
});
