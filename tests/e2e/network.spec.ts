/** In a browser the page's policy keeps a script from sending anything, but for what no policy covers. */
import { AppWindow } from './app-window';
import { expect, test } from './fixtures';
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
