/**
 * The page's content security policy, for both hosts.
 *
 * Nothing is loaded from anywhere but the app itself, and no text becomes script: Trusted Types allow the one policy Svelte
 * makes for its own templates.
 *
 * No policy of a page covers new windows and WebRTC, and Chromium may connect, or look up a name, ahead of a request that the policy then refuses
 * (`X-DNS-Prefetch-Control: off` does not cover a link that asks for the name). The desktop app shuts these ways itself (electron/security.ts); in a browser
 * only the browser's own settings can, so a page there is kept from them by having no such code.
 */

/** Whom the page may connect to: the browser host speaks HTTP to itself, the desktop host speaks IPC only. */
export type ConnectSource = 'self' | 'none';

/** The value of the `Content-Security-Policy` header. */
export function contentSecurityPolicy(connect: ConnectSource): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src '${connect}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}

/** The headers every answer carries, whatever it is. */
export function securityHeaders(connect: ConnectSource): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=(), payment=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
