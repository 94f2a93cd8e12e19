/** What the desktop window lets a page do: nothing but to show what is open. */
import { expect, test } from '../fixtures';

test('the page has three functions of the preload, and nothing of Node or Electron', async ({ app }) => {
  await app.start();
  const found = await app.page.evaluate(() => {
    const bridge = (globalThis as unknown as { trailglass: Record<string, unknown> }).trailglass;
    return {
      bridge: Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`),
      isFrozen: Object.isFrozen(bridge),
      others: ['require', 'process', 'module', 'electron', 'electronDouble', 'electronDoubleSend'].filter(
        (name) => name in globalThis,
      ),
    };
  });
  expect(found).toEqual({
    bridge: ['post: function', 'onMessage: function', 'registerFiles: function'],
    isFrozen: true,
    others: [],
  });
});

test('the page cannot leave, open a window, or reach any address', async ({ app }) => {
  await app.start();
  const { page } = app;
  const address = page.url();
  app.trouble.expect(/policy violated|violates the|requires 'TrustedScript'|^request to https:\/\/example\.com\/left$/);
  const tried = await page.evaluate(async () => {
    const attempt = async (work: () => unknown): Promise<string> => {
      try {
        return String(await work());
      } catch {
        return 'refused';
      }
    };
    return {
      fetch: await attempt(() => fetch('https://example.com/')),
      own: await attempt(() => fetch('/index.html')),
      script: await attempt(() => {
        document.body.append(Object.assign(document.createElement('script'), { text: 'globalThis.hasRun = true' }));
      }),
      beacon: await attempt(() => navigator.sendBeacon('https://example.com/', 'x')),
      window: await attempt(() => window.open('https://example.com/')),
    };
  });
  expect(tried).toMatchObject({ fetch: 'refused', own: 'refused', script: 'refused', window: 'null' });
  await expect.poll(() => app.complaints()).toContain('refused to open https://example.com/');

  await page.evaluate(() => {
    location.href = 'https://example.com/left';
  });
  await expect.poll(() => app.complaints()).toContain('refused to go to https://example.com/left');
  expect(page.url()).toBe(address);
  app.expectComplaints(/^refused to (?:open|go to|request)/);
});

test('the page may write to the clipboard and ask for nothing else', async ({ app }) => {
  await app.start();
  const states = await app.page.evaluate(async () => {
    const names = ['clipboard-read', 'clipboard-write', 'geolocation', 'notifications', 'camera', 'microphone', 'midi'];
    const found = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(found)).map(({ state }, index) => `${names[index] ?? ''}: ${state}`);
  });
  expect(states).toEqual([
    'clipboard-read: denied',
    'clipboard-write: granted',
    'geolocation: denied',
    'notifications: denied',
    'camera: denied',
    'microphone: denied',
    'midi: denied',
  ]);
});

test('a link that asks for a window of its own gets none', async ({ app }) => {
  await app.start();
  await app.page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: 'https://example.com/link',
      target: '_blank',
      textContent: 'out',
    });
    document.body.append(link);
    link.click();
  });
  await expect.poll(() => app.complaints()).toContain('refused to open https://example.com/link');
  app.expectComplaints(/^refused to open/);
  app.trouble.expect(/^request to https:\/\/example\.com\/link$/);
  await expect.poll(() => app.desktop.windows().length).toBe(1);
});

test('a page that crashes comes back with what is open', async ({ app }) => {
  await app.open(await app.archive('logs', 'GetObject', 'PutObject'));
  app.trouble.expect(/the page crashed/);
  await app.desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => app.complaints()).toContain("the window's process ended: crashed");
  app.expectComplaints(/^the window's process ended: crashed$/);
  // Playwright does not follow a crashed page: the main process is asked what it shows.
  const title = (): Promise<unknown> =>
    app.desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title'),
    );
  await expect.poll(title).toBe('logs – Trailglass');
});
