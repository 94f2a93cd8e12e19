/** Nothing leaves the machine, not even by the ways that neither the policy of the page nor the rules for requests cover. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { expect, test } from '../fixtures';

test('WebRTC sends no packet', async ({ app }, testInfo) => {
  const isCutOff = Object.values(networkInterfaces()).every((addresses) =>
    addresses?.every(({ internal }) => internal),
  );
  testInfo.skip(isCutOff, 'where there is no network at all, WebRTC goes on waiting for one');
  const listener = createSocket('udp4').bind(0, '0.0.0.0');
  await once(listener, 'listening');
  let packets = 0;
  listener.on('message', () => packets++);
  await app.start();
  const found = await app.page.evaluate(async (port) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${String(port)}` }] });
    const candidates: string[] = [];
    connection.createDataChannel('x');
    const isDone = new Promise<void>((resolve) => {
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === 'complete') resolve();
      };
    });
    connection.onicecandidate = ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.candidate);
    };
    await connection.setLocalDescription(await connection.createOffer());
    await isDone;
    return candidates.filter((candidate) => / udp /i.test(candidate));
  }, listener.address().port);
  listener.close();
  expect({ found, packets }).toEqual({ found: [], packets: 0 });
  const policy = await app.desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getWebRTCIPHandlingPolicy(),
  );
  expect(policy).toBe('disable_non_proxied_udp');
});
