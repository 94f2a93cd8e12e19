/** Nothing leaves the machine, not even by the ways that neither the policy of the page nor the rules for requests cover. */
import { expect, test } from '../fixtures';
import { namesAskedBy, countsNames, whereNamesAreCounted } from '../names-asked';
import { plainChromium, waysOutOf } from '../ways-out';

const refusals =
  /^request to |policy violated|violates the|requires 'TrustedScript|Mixed Content|ERR_|WebSocket|preload/;

test('no way out of the desktop window leads anywhere, and each leads out of a plain page', async ({
  app,
  launchOptions,
}) => {
  app.trouble.expect(refusals);
  app.expectComplaints(/^refused/);
  await app.start();
  const plain = await plainChromium(app, launchOptions);
  expect(await waysOutOf(app.page, plain)).toEqual({ ways: [], requests: [] });
  await plain.close();
  const policy = await app.desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getWebRTCIPHandlingPolicy(),
  );
  expect(policy).toBe('disable_non_proxied_udp');
});

test('the desktop window has no name asked for, and a plain page has each', async ({
  app,
  launchOptions,
}, testInfo) => {
  testInfo.skip(!countsNames, whereNamesAreCounted);
  app.trouble.expect(refusals);
  app.expectComplaints(/^refused/);
  await app.start();
  const plain = await plainChromium(app, launchOptions);
  expect(await namesAskedBy(app.page, plain)).toEqual([]);
  await plain.close();
});
