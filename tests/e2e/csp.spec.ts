/** The page can neither be reached nor reach out, and text never becomes script: as the policy says, and as the browser holds it. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test.beforeEach(({ app }) => {
  app.browserOnly('this is about the answers of the browser host');
});

test('every answer carries the policy', async ({ app }) => {
  await app.start();
  const { page } = app;
  const response = await page.reload();
  await app.idle();
  const assets = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.includes('/assets/')),
  );
  expect(assets.length).toBeGreaterThan(1);
  const policies = await page.evaluate(
    (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).headers.get('content-security-policy'))),
    assets,
  );
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policies).toEqual(assets.map(() => policy));
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy.split('; ')).toContain(directive);
  }
  expect(policy).not.toContain('unsafe');
  expect(response?.headers()['cache-control']).toBe('no-store');
});

test('there is no inline script, style or handler in the page, whatever is shown', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  await window.events.row(0).click();
  await window.idle();
  expect(
    await app.page.evaluate(() => ({
      scripts: [...document.scripts].filter((script) => script.src === '').length,
      styles: document.querySelectorAll('style').length,
      handlers: [...document.querySelectorAll('*')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on')),
      ).length,
      foreign: [...document.querySelectorAll('[src], [href]')]
        .map((element) => new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', location.href))
        .filter((url) => url.origin !== location.origin && url.protocol !== 'data:').length,
    })),
  ).toEqual({ scripts: 0, styles: 0, handlers: 0, foreign: 0 });
});

test('text becomes neither markup nor script', async ({ app }) => {
  await app.start();
  app.trouble.expect(/policy violated|Content Security Policy|TrustedHTML|TrustedScript/i);
  const outcomes = await app.page.evaluate(() => {
    const attempt = (work: () => unknown): string => {
      try {
        work();
        return 'allowed';
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown';
      }
    };
    return {
      innerHtml: attempt(() => {
        document.createElement('div').innerHTML = '<b>bold</b>';
      }),
      policy: attempt(() => {
        const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } })
          .trustedTypes;
        if (factory === undefined) throw new Error('no Trusted Types');
        factory.createPolicy('another', {});
      }),
      inlineScript: attempt(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.head.append(script);
      }),
    };
  });
  expect(outcomes).toEqual({ innerHtml: 'TypeError', policy: 'TypeError', inlineScript: 'TypeError' });
  expect(await app.page.evaluate(() => 'ran' in globalThis)).toBe(false);
});

test('the page cannot connect elsewhere, frame anything or be framed', async ({ app }) => {
  await app.start();
  // Refused before anything is sent: Chromium names the reason.
  const refused: string[] = [];
  app.page.on('requestfailed', (request) => refused.push(`${request.url()}: ${request.failure()?.errorText ?? ''}`));
  app.trouble.expect(/^request to http:\/\/192\.0\.2\.1\//);
  app.trouble.expect(/policy violated: (connect-src|frame-src|img-src)|violates the following Content Security Policy/);
  app.trouble.expect(/Refused to|Fetch API cannot load/);
  const outcome = await app.page.evaluate(async () => {
    const fetched = await fetch('http://192.0.2.1/').then(
      () => 'reached',
      () => 'refused',
    );
    const image = new Image();
    const drawn = new Promise<string>((resolve) => {
      image.onload = () => resolve('reached');
      image.onerror = () => resolve('refused');
    });
    image.src = 'http://192.0.2.1/x.png';
    return { fetched, image: await drawn };
  });
  expect(outcome).toEqual({ fetched: 'refused', image: 'refused' });
  expect(refused).toContain('http://192.0.2.1/x.png: csp');
  const headers = (await app.page.reload())?.headers() ?? {};
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
});

test('a request without a token learns nothing', async ({ app, browser }) => {
  await app.open(sharedArchives().synthetic);
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  const response = await page.goto(new URL('/', app.address).href);
  expect(response?.status()).toBe(403);
  await expect(page.locator('body')).toContainText('open the address that Trailglass printed');
  await expect(page.locator('body')).not.toContainText('events');
  await stranger.close();
});
