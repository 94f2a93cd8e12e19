/** Who gets in: a tab that came by the printed address or by the file that starts the browser, and nobody who saw a cookie. */
import { createServer } from 'node:http';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppWindow } from './app-window';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { startHost } from './host';

test.beforeEach(({ app }) => {
  app.browserOnly('the desktop window has no address');
});

test('neither the token nor the key stays in the address, and a reload goes on', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const clean = new URL('/', app.address).href;
  expect(app.page.url()).toBe(clean);
  await app.page.reload();
  await window.imported();
  expect(await window.found()).toMatchObject({ total: 20_000 });
  expect(app.page.url()).toBe(clean);
  // What a step back leads to holds neither.
  await app.page.goBack();
  expect(app.page.url()).toBe('about:blank');
});

test('a new tab without the printed address says how to enter, and the first tab goes on', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  app.trouble.expect(/status of 403/);
  const other = await app.page.context().newPage();
  await other.goto(new URL('/', app.address).href);
  await expect(other.locator('body')).toContainText('open the address that Trailglass printed');
  await other.close();
  await window.search('service:iam');
  expect((await window.found()).matched).toBeGreaterThan(0);
});

test('a server on another port of this computer gets the cookie and can do nothing with it', async ({ app }) => {
  await app.open(sharedArchives().synthetic);
  const seen: string[] = [];
  const thief = createServer((request, response) => {
    seen.push(request.headers.cookie ?? '');
    response.end('<!doctype html><link rel="icon" href="data:,"><a href="/again">again</a>');
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  const { port } = thief.address() as { readonly port: number };
  app.trouble.expect(new RegExp(`request to http://127\\.0\\.0\\.1:${String(port)}/`));
  const page = await app.page.context().newPage();
  await page.goto(`http://127.0.0.1:${String(port)}/`);
  await page.getByRole('link').click();
  await page.waitForURL(/again/);
  // What makes the attack: without it, this test would prove nothing.
  expect(seen.at(-1)).toContain('trailglass-');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.close();
  thief.close();
  const answer = await fetch(new URL('/events', app.address), { headers: { Cookie: seen.at(-1) ?? '' } });
  expect(answer.status).toBe(403);
  await answer.text();
});

test('the file that starts the browser opens the window and is gone; its address used again signs everybody out', async ({
  app,
  browser,
}, testInfo) => {
  testInfo.skip(process.platform === 'win32', 'the program that stands in for the browser is a shell script');
  const tools = join(app.folder, 'tools');
  const opened = join(app.folder, 'opened');
  await mkdir(tools);
  await mkdir(app.home);
  const script = `#!/bin/sh\nprintf '%s' "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`;
  for (const name of ['xdg-open', 'open']) await writeFile(join(tools, name), script, { mode: 0o755 });
  const host = await startHost({
    config: join(app.folder, 'config'),
    home: app.home,
    paths: [sharedArchives().synthetic],
    tools,
  });
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toContain('file:');
  const file = await readFile(opened, 'utf8');
  const ticket = /url=(http:[^"]+)"/.exec(await readFile(new URL(file), 'utf8'))?.[1] ?? '';

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(file);
  const window = new AppWindow(page);
  await window.imported();
  expect(await window.found()).toMatchObject({ total: 20_000 });
  await expect(stat(new URL(file))).rejects.toMatchObject({ code: 'ENOENT' });
  await page.reload();
  await window.imported();

  const second = await fetch(ticket);
  expect(second.status).toBe(403);
  await second.text();
  await expect(page.locator('body')).toContainText('open the address that Trailglass printed');
  expect(host.complaints()).toContain('used twice');
  await page.goto(host.address);
  await window.imported();
  await context.close();
  expect(await host.stop()).toBe(0);
});
