/** IP addresses and CIDR ranges (RFC 4291, RFC 4632): Node judges what is an address, and whole numbers are compared. */
import { isIPv4, isIPv6 } from 'node:net';

const mapped = 0xffffn << 32n;

/** An address as 128 bits, an IPv4 one in its place below `::ffff:0:0/96`; null where the text is none. */
function bitsOf(text: string): bigint | null {
  if (isIPv4(text)) return mapped | text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
  if (!isIPv6(text) || text.includes('%')) return null;
  const plain = text.replace(/[^:]+\.[^:]+$/, (dotted) => {
    const bits = (bitsOf(dotted) ?? 0n) ^ mapped;
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [head = [], tail = []] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

export function isRange(text: string): boolean {
  return readRange(text) !== null;
}

function readRange(text: string): { readonly network: bigint; readonly prefix: number } | null {
  const [, address = '', length = ''] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
  const network = bitsOf(address);
  const prefix = Number(length) + (isIPv4(address) ? 96 : 0);
  return network === null || prefix > 128 ? null : { network, prefix };
}

/**
 * Whether a text is an address in the range, or a list with one. A range of IPv6 holds what is written as IPv4 only where all of it is of
 * IPv4.
 */
export function liesIn(text: string, range: string): boolean {
  const read = readRange(range);
  if (read === null) return false;
  const { network, prefix } = read;
  return text.split(/[,\s]+/).some((each) => {
    const bits = isIPv4(each) && prefix < 96 ? null : bitsOf(each);
    return bits !== null && (bits ^ network) >> BigInt(128 - prefix) === 0n;
  });
}
