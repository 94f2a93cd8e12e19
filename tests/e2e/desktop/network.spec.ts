/** Nothing leaves the machine, not even by the ways that neither the policy of the page nor the rules for requests cover. */
import { expect, test } from '../fixtures';
import { plainChromium, waysOutOf } from '../ways-out';

test('no way out of the desktop window leads anywhere, and each leads out of a plain page', async ({
  app,
  launchOptions,
}) => {
  app.trouble.expect(
    /^request to |policy violated|violates the|requires 'TrustedScript|Mixed Content|ERR_|WebSocket|preload/,
  );
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
