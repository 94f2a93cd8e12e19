import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { listStaticFiles } from '#host/static-files';
import { registerAppScheme, serveApp } from '../../../electron/app-protocol';
import { FakeSession, registeredSchemes } from '../../helpers/electron-double';
import { temporaryFolder } from '../../helpers/temporary-folder';

vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule);

async function serve() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'out', 'assets'), { recursive: true });
  await writeFile(join(folder, 'out', 'index.html'), 'the page');
  await writeFile(join(folder, 'out', 'assets', 'main-1.js'), 'the script');
  await writeFile(join(folder, 'out', 'main.js.map'), 'a map');
  await writeFile(join(folder, 'secret.html'), 'a secret');
  const session = new FakeSession();
  serveApp(session.asSession(), await listStaticFiles(join(folder, 'out')));
  const ask = async (scheme: string, url: string, method = 'GET'): Promise<Response> => {
    const handler = session.protocols.get(scheme);
    if (handler === undefined) throw new Error(`${scheme}: is not handled`);
    // Not a Request: its constructor refuses addresses that Chromium hands over.
    return handler({ url, method } as Request);
  };
  return { session, ask };
}

describe('the app protocol', () => {
  it('serves the built files with their types and the policy, which allows no connection at all', async () => {
    const { ask } = await serve();
    const page = await ask('app', 'app://trailglass/');
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      'the page',
    ]);
    const script = await ask('app', 'app://trailglass/assets/main-1.js?v=1');
    expect([script.headers.get('content-type'), await script.text()]).toEqual([
      'text/javascript; charset=utf-8',
      'the script',
    ]);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    );
  });

  it.each([
    'app://trailglass/secret.html',
    'app://trailglass/../secret.html',
    'app://trailglass/%2e%2e/secret.html',
    'app://trailglass/..%2fsecret.html',
    'app://trailglass//secret.html',
    'app://trailglass/main.js.map',
    'app://trailglass/assets',
    'app://trailglass/__proto__',
    'app://other/',
    'app://trailglass.example/',
    'app:///index.html',
  ])('answers %s with 404, under the policy', async (url) => {
    const answer = await (await serve()).ask('app', url);
    expect([answer.status, await answer.text()]).toEqual([404, 'not found']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes nothing but GET', async () => {
    expect((await (await serve()).ask('app', 'app://trailglass/', 'POST')).status).toBe(404);
  });

  it.each(['file', 'http', 'https'])('refuses everything under %s:', async (scheme) => {
    expect((await (await serve()).ask(scheme, `${scheme}://trailglass/`)).status).toBe(403);
  });

  it('is a standard, secure scheme that bypasses no policy', () => {
    registerAppScheme();
    expect(registeredSchemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });
});
