import type { ServerResponse } from 'node:http';
import { answer } from './http-answer';

const head = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>Trailglass</title>`;

const noEntry = `${head}</head>
<body><h1>Trailglass</h1><p>Please open the address that Trailglass printed where it was started: it ends in <code>?token=…</code>.
Copy it into the address bar. Every new tab is opened by it; a tab that is open can be reloaded.</p></body></html>
`;

const usedTwice = `${head}</head>
<body><h1>Trailglass</h1><p>This address was good once, and somebody has used it before. Nobody can use Trailglass by it now: every window was
signed out. Please open the address that Trailglass printed where it was started; what happened is said there.</p></body></html>
`;

/** Closes the connection of a client without access. */
const html = { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' };

export function refuseEntry(response: ServerResponse): void {
  answer(response, 403, noEntry, html);
}

export function refuseUsedTicket(response: ServerResponse): void {
  answer(response, 403, usedTwice, html);
}

/**
 * Gives a browser access: a cookie for all its requests, and the key in the fragment of the next address, which is sent to no server.
 *
 * The page navigates by itself instead of an HTTP redirect: redirects of a navigation that a file on disk began count as cross-site, and would
 * be sent without the cookie.
 */
export function letIn(response: ServerResponse, setCookie: string, key: string): void {
  const next = `${head}<meta http-equiv="refresh" content="0;url=/#key=${key}"></head><body></body></html>\n`;
  answer(response, 200, next, {
    'Content-Type': 'text/html; charset=utf-8',
    'Set-Cookie': setCookie,
    'Referrer-Policy': 'no-referrer',
  });
}
