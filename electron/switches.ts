/** Off the network: with these switches Chromium resolves no name, uses no proxy, and starts nothing of its own. Name and value. */
export const chromiumSwitches: readonly (readonly [name: string, value: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  // Without it Chromium may look for a proxy by itself (WPAD).
  ['no-proxy-server', ''],
  ['disable-background-networking', ''],
  ['disable-component-update', ''],
  ['disable-domain-reliability', ''],
  ['no-pings', ''],
  // For a page whose policy is not set yet: see shutWebRtc in security.ts.
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];
