/** In a browser the page's policy keeps a script from sending anything, but for what no policy covers. */
import { AppWindow } from './app-window';
import { expect, test } from './fixtures';
import { namesAskedBy, countsNames, whereNamesAreCounted, type WayToAsk } from './names-asked';
import { plainChromium, waysOutOf, type WayOut } from './ways-out';

/** No policy of a page covers these; the README says so. */
const uncovered: readonly WayOut[] = ['window', 'rtc'];
/** Chromium connects ahead, before it asks the policy, and then sends nothing. */
const connectedAhead: readonly WayOut[] = ['preconnect', 'frame', 'form'];

test('nothing leaves the page in a browser but by a new window and WebRTC, and each way leads out of a plain page', async ({
  app,
  launchOptions,
}) => {
  app.browserOnly('the desktop app keeps all of it');
  await app.start();
  const context = await plainChromium(app, launchOptions);
  const page = await context.newPage();
  await page.goto(app.address);
  await new AppWindow(page).idle();
  const { ways, requests } = await waysOutOf(page, context);
  expect(requests.filter((way) => !uncovered.includes(way))).toEqual([]);
  expect(ways.filter((way) => ![...uncovered, ...connectedAhead].includes(way))).toEqual([]);
  await context.close();
});

/** Chromium looks up the name of a link ahead, without asking the policy, and then sends nothing. */
const lookedUpAhead: readonly WayToAsk[] = ['dns-prefetch', 'preconnect'];

test('in a browser the page has no name asked for but by links ahead, a new window and WebRTC, and a plain page has each', async ({
  app,
  launchOptions,
}, testInfo) => {
  app.browserOnly('the desktop app keeps all of it');
  testInfo.skip(!countsNames, whereNamesAreCounted);
  await app.start();
  const context = await plainChromium(app, launchOptions);
  const page = await context.newPage();
  await page.goto(app.address);
  await new AppWindow(page).idle();
  const asked = await namesAskedBy(page, context);
  expect(asked.filter((way) => ![...lookedUpAhead, 'window', 'rtc'].includes(way))).toEqual([]);
  await context.close();
});
