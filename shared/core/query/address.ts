/** IP addresses and CIDR ranges, read strictly: no octal, no missing parts, no zone. */
import { err, ok, type Result } from '#contract/result';

/** Eight 16-bit groups. An IPv4 address stands in its IPv4-mapped place, `::ffff:a.b.c.d`. */
interface Address {
  readonly family: 4 | 6;
  readonly groups: readonly number[];
}

/**
 * Whether an address, as text, is in a range; or one address of a list such as `10.1.2.3, 203.0.113.7`, as proxies forward them. False for
 * text without an address.
 */
export type RangeTest = (text: string) => boolean;

/**
 * The test for a range such as `10.0.0.0/8` or `2001:db8::/32`; an error message where it is not a range.
 *
 * An IPv4 range also holds IPv4-mapped IPv6 addresses. An IPv6 range holds an address written as IPv4 only where the range
 * lies within `::ffff:0:0/96`, so that `::/0` means every IPv6 address.
 */
export function parseRange(network: string): Result<RangeTest, string> {
  const slash = network.indexOf('/');
  const base = parseAddress(network.slice(0, Math.max(0, slash)));
  if (base === null)
    return err(`CIDR ${network}: expected an address and a prefix, such as 10.0.0.0/8 or 2001:db8::/32`);
  const prefixText = network.slice(slash + 1);
  const most = base.family === 4 ? 32 : 128;
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Infinity;
  if (prefix > most) return err(`CIDR ${network}: the prefix must be 0 to ${most}`);
  const bits = base.family === 4 ? prefix + 96 : prefix;
  const { groups } = base;
  function holds(text: string): boolean {
    const address = parseAddress(text);
    if (address === null || (address.family === 4 && bits < 96)) return false;
    return sharesPrefix(address.groups, groups, bits);
  }
  return ok((text) => (/[,\s]/.test(text) ? text.split(/[,\s]+/).some(holds) : holds(text)));
}

/**
 * Texts, in lower case, of which every address of the range contains at least one: searching for them first saves testing each value.
 * Expects a range that {@link parseRange} accepts.
 */
export function literalsOfRange(network: string): readonly string[] {
  const slash = network.indexOf('/');
  const base = network.slice(0, slash);
  const prefix = Number(network.slice(slash + 1));
  if (!base.includes(':')) {
    const octets = base.split('.').slice(0, Math.floor(prefix / 8));
    const text = octets.length === 4 ? base : `${octets.join('.')}.`;
    // An IPv4-mapped address may be written in hexadecimal.
    return [text, 'ffff:'];
  }
  const first = parseAddress(base)?.groups[0] ?? 0;
  return prefix >= 16 && first > 0 ? [`${first.toString(16)}:`] : [':', '.'];
}

function sharesPrefix(one: readonly number[], other: readonly number[], bits: number): boolean {
  for (let group = 0; group * 16 < bits; group++) {
    const ignored = Math.max(0, 16 - (bits - group * 16));
    if ((one[group] ?? 0) >> ignored !== (other[group] ?? 0) >> ignored) return false;
  }
  return true;
}

function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const low = parseDotted(text);
    return low === null ? null : { family: 4, groups: [0, 0, 0, 0, 0, 0xffff, ...low] };
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? '', halves.length === 1);
  if (halves.length === 1) return head?.length === 8 ? { family: 6, groups: head } : null;
  const tail = parseGroups(halves[1] ?? '', true);
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (missing < 1) return null;
  return { family: 6, groups: [...head, ...Array.from({ length: missing }, () => 0), ...tail] };
}

/** Groups between colons; the last may be dotted where these groups end the address. */
function parseGroups(text: string, endsAddress: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const dotted = endsAddress && index === parts.length - 1 ? parseDotted(part) : null;
    if (dotted === null) return null;
    groups.push(...dotted);
  }
  return groups;
}

/** `a.b.c.d` as two groups. */
function parseDotted(text: string): readonly [number, number] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  const octets = match.slice(1);
  // A leading zero is octal to some readers and decimal to others.
  if (octets.some((octet) => Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0')))) return null;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return [a * 256 + b, c * 256 + d];
}
