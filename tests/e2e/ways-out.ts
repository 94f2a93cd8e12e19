/** Every way out of a page that a script could try, and which of them lead out. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import type { App } from './fixtures';
import { listen, type Listener } from './network-listener';

export const waysOut = [
  'fetch',
  'request',
  'beacon',
  'socket',
  'transport',
  'events',
  'preconnect',
  'prefetch',
  'preload',
  'script',
  'style',
  'image',
  'font',
  'video',
  'frame',
  'form',
  'ping',
  'window',
  'rtc',
] as const;
export type WayOut = (typeof waysOut)[number];

/** Where there is no network card, Chromium waits for one before WebRTC sends anything. */
const hasCard = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));

export interface Sent {
  /** Those by which a connection came or a packet. */
  readonly ways: readonly WayOut[];
  /** Those of them by which something was said. */
  readonly requests: readonly WayOut[];
}

/** A Chromium with a profile on disk, as a person's own: one without connects to nothing ahead. */
export function plainChromium(app: App, options: LaunchOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(app.folder, 'profile'), options);
}

/**
 * Tries all ways in a page, and then in a page of a plain Chromium that has no policy, from which all of them must lead out: a listener that counts
 * nothing would prove nothing. Answers with those that led out of the first.
 */
export async function waysOutOf(page: Page, plain: BrowserContext): Promise<Sent> {
  const [own, others] = [await Attempts.prepare(), await Attempts.prepare()];
  await own.tryAll(page);
  await inPlainPage(plain, async (plainPage) => {
    await others.tryAll(plainPage);
    const ways = waysOut.filter((way) => way !== 'rtc' || hasCard);
    const requests = ways.filter((way) => way !== 'preconnect');
    await expect.poll(() => others.sent()).toEqual({ ways, requests });
  });
  const sent = own.sent();
  await Promise.all([own.close(), others.close()]);
  return sent;
}

export async function inPlainPage(context: BrowserContext, work: (page: Page) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>plain</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/`);
  await work(page);
  await page.close();
  server.close();
}

/** One page's attempts, each to a port of its own. */
class Attempts {
  private readonly listener: Listener<WayOut>;

  private constructor(listener: Listener<WayOut>) {
    this.listener = listener;
  }

  static async prepare(): Promise<Attempts> {
    return new Attempts(await listen(waysOut));
  }

  async tryAll(page: Page): Promise<void> {
    await tryAll(page, this.listener.ports);
  }

  sent(): Sent {
    const { reached, spokenTo } = this.listener;
    return {
      ways: waysOut.filter((way) => reached.has(way)),
      requests: waysOut.filter((way) => spokenTo.has(way)),
    };
  }

  close(): Promise<void> {
    return this.listener.close();
  }
}

/** Tries all of them in a page, and waits for those that end. */
async function tryAll(page: Page, targets: Readonly<Record<WayOut, number>>): Promise<void> {
  await page.evaluate(async (ports) => {
    const at = (way: keyof typeof ports, scheme = 'http'): string =>
      `${scheme}://127.0.0.1:${String(ports[way])}/${way}`;
    /** Whatever comes of it. */
    const attempt = async (work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch {
        // Refused.
      }
    };
    const settled = (target: EventTarget, ...events: readonly string[]): Promise<void> =>
      new Promise((resolve) => {
        for (const event of events) target.addEventListener(event, () => resolve());
      });
    const element = <Tag extends keyof HTMLElementTagNameMap>(
      tag: Tag,
      properties: Partial<HTMLElementTagNameMap[Tag]>,
    ): HTMLElementTagNameMap[Tag] => {
      const made = Object.assign(document.createElement(tag), properties);
      document.body.append(made);
      return made;
    };
    const link = (rel: string, href: string, as = ''): void => void element('link', { rel, href, as });

    link('preconnect', at('preconnect'));
    link('prefetch', at('prefetch'));
    link('preload', at('preload'), 'image');
    await Promise.all([
      attempt(() => fetch(at('fetch'))),
      attempt(() => navigator.sendBeacon(at('beacon'), 'x')),
      attempt(() => {
        const request = new XMLHttpRequest();
        request.open('GET', at('request'));
        request.send();
        return settled(request, 'loadend');
      }),
      attempt(() => settled(new WebSocket(at('socket', 'ws')), 'error', 'close')),
      attempt(() => settled(new EventSource(at('events')), 'error')),
      attempt(() => settled(element('img', { src: at('image') }), 'error')),
      attempt(() => settled(element('video', { src: at('video') }), 'error')),
      attempt(() => settled(element('link', { rel: 'stylesheet', href: at('style') }), 'error')),
      attempt(() => new FontFace('other', `url(${at('font')})`).load()),
      attempt(() => element('iframe', { src: at('frame') })),
      attempt(() => settled(element('script', { src: at('script') as unknown as string }), 'error')),
      attempt(() => {
        element('iframe', { name: 'answer' });
        element('form', { action: at('form'), target: 'answer' }).submit();
      }),
      attempt(() => element('a', { href: '#here', ping: at('ping') }).click()),
      attempt(() => window.open(at('window'))),
      // It is not waited for: one that is let out goes on trying.
      attempt(() => {
        new WebTransport(at('transport', 'https')).closed.catch(() => undefined);
      }),
      attempt(async () => {
        const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${String(ports.rtc)}` }] });
        connection.createDataChannel('x');
        await connection.setLocalDescription(await connection.createOffer());
        while (connection.iceGatheringState !== 'complete') await settled(connection, 'icegatheringstatechange');
      }),
    ]);
  }, targets);
}
