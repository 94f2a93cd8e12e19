import { describe, expect, it } from 'vitest';
import { authorityOf, isRequestAllowed, type RequestOrigin } from '#host/http-guard';

const page: RequestOrigin = { method: 'GET', host: '127.0.0.1:80801', origin: undefined, fetchSite: undefined };
const post: RequestOrigin = { ...page, method: 'POST', origin: 'http://127.0.0.1:80801', fetchSite: 'same-origin' };
const isAllowed = (request: RequestOrigin): boolean => isRequestAllowed(request, 80801);

describe('isRequestAllowed', () => {
  it('lets in a typed address, our page and its posts', () => {
    expect(isAllowed(page)).toBe(true);
    expect(isAllowed({ ...page, fetchSite: 'none' })).toBe(true);
    expect(isAllowed({ ...page, fetchSite: 'same-origin', origin: 'http://127.0.0.1:80801' })).toBe(true);
    expect(isAllowed(post)).toBe(true);
  });

  it.each([undefined, '', 'localhost:80801', '127.0.0.1', '127.0.0.1:8080', '127.0.0.1:80801.', 'evil.example:80801'])(
    'refuses the host %j',
    (host) => {
      expect(isAllowed({ ...page, host })).toBe(false);
      expect(isAllowed({ ...post, host })).toBe(false);
    },
  );

  it.each(['', 'null', 'http://localhost:80801', 'https://127.0.0.1:80801', 'http://127.0.0.1:80801/'])(
    'refuses the origin %j',
    (origin) => {
      expect(isAllowed({ ...page, origin })).toBe(false);
      expect(isAllowed({ ...post, origin })).toBe(false);
    },
  );

  it('refuses what changes something and names no origin, by whatever method', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', '']) {
      expect(isAllowed({ ...page, method })).toBe(false);
    }
  });

  it.each(['cross-site', 'same-site', ''])('refuses what began on another site: %j', (fetchSite) => {
    expect(isAllowed({ ...page, fetchSite })).toBe(false);
    expect(isAllowed({ ...post, fetchSite })).toBe(false);
  });

  it('knows that a browser leaves out port 80', () => {
    expect([authorityOf(80), authorityOf(8080)]).toEqual(['127.0.0.1', '127.0.0.1:8080']);
  });
});
