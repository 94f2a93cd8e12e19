/**
 * An app's own scheme in a Chromium that does not know it: `app://trailglass/x` is `https://trailglass.app.electron-double.invalid/x`
 * there, which is as much an origin of its own and as secure. The main process never sees the other address.
 */
const suffix = '.electron-double.invalid';

/** The schemes registered as standard and secure. */
export const ownSchemes = new Set<string>();

/** The address as Chromium takes it. */
export function toChromium(address: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s.exec(address);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  return ownSchemes.has(scheme) ? `https://${host}.${scheme}${suffix}${rest}` : address;
}

/** The address as the main process knows it. */
export function fromChromium(address: string): string {
  return address.replaceAll(/https:\/\/([^/?#]*)\.([^./?#]+)\.electron-double\.invalid/g, '$2://$1');
}
