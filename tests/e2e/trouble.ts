/** What must not happen in any test, whatever the test is about: errors in the page, broken policies, requests that leave. */
import type { BrowserContext, Page } from '@playwright/test';

/** What Chromium writes when a page asks a host that has ended. */
export const hostGone = /Failed to load resource: net::ERR_|ERR_INCOMPLETE_CHUNKED_ENCODING/;

export class Trouble {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Watches every page of a context. To be called before a page is loaded. */
  async watch(context: BrowserContext, origin: string): Promise<void> {
    // The page's own event tells the directive; Chromium's message for it depends on the version.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        reportError(new Error(`policy violated: ${violatedDirective} ${blockedURI} ${sample}`));
      });
    });
    context.on('page', (page) => this.watchPage(page));
    // The desktop app opens its window by itself.
    for (const page of context.pages()) this.watchPage(page);
    context.on('request', (request) => {
      const url = new URL(request.url());
      const isLocal = url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:';
      // `url.origin` is "null" for the scheme of the desktop app.
      if (!isLocal && `${url.protocol}//${url.host}` !== origin) this.found.push(`request to ${request.url()}`);
    });
  }

  /** A message of this kind is what the test is about. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  add(text: string): void {
    this.found.push(text);
  }

  /** Everything found that no test expected. */
  list(): readonly string[] {
    return this.found.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }

  private watchPage(page: Page): void {
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'error' || type === 'warning') this.found.push(`console ${type}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.found.push(`uncaught: ${error.stack ?? error.message}`));
    page.on('crash', () => this.found.push('the page crashed'));
  }
}
