/** Which names a page has the system ask for. Only in the namespace of build/scripts/airgap.mjs all of them come by, and are noted. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { inPlainPage } from './ways-out';

const waysToAsk = ['fetch', 'image', 'dns-prefetch', 'preconnect', 'window', 'rtc'] as const;
export type WayToAsk = (typeof waysToAsk)[number];

/** Where every name that is asked for is noted, one in a line; undefined where nobody notes them. */
const noted = process.env['AIRGAP_NAMES'];

export const countsNames = noted !== undefined;
export const whereNamesAreCounted =
  'names are counted by npm run test:airgap, in a namespace with a name server of its own';

/**
 * Tries all ways in a page, and then in a page of a plain Chromium that has no policy, by which all of them must ask. Answers with those by which
 * the first asked.
 */
export async function namesAskedBy(page: Page, plain: BrowserContext): Promise<readonly WayToAsk[]> {
  const [own, others] = [domain(), domain()];
  await tryAll(page, own);
  await inPlainPage(plain, async (plainPage) => {
    await tryAll(plainPage, others);
    await expect.poll(() => askedFor(others)).toEqual(waysToAsk);
  });
  // The first page began long before.
  return askedFor(own);
}

/** Nobody has asked for anything in it. */
const domain = (): string => `${randomBytes(6).toString('hex')}.test`;

function askedFor(ending: string): readonly WayToAsk[] {
  const names = new Set(readFileSync(noted ?? '', 'utf8').split('\n'));
  return waysToAsk.filter((way) => names.has(`${way}.${ending}`));
}

async function tryAll(page: Page, ending: string): Promise<void> {
  await page.evaluate(async (domainName) => {
    const link = (rel: 'dns-prefetch' | 'preconnect'): void =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel, href: `http://${rel}.${domainName}/` }),
      );
    link('dns-prefetch');
    link('preconnect');
    window.open(`http://window.${domainName}/`);
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:rtc.${domainName}` }] });
    connection.createDataChannel('x');
    await connection.setLocalDescription(await connection.createOffer());
    await fetch(`http://fetch.${domainName}/`).catch(() => undefined);
    const image = new Image();
    const failed = new Promise((resolve) => image.addEventListener('error', resolve));
    image.src = `http://image.${domainName}/`;
    await failed;
  }, ending);
}
