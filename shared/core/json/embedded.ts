/** JSON inside strings: policies and the like, plain or URL-encoded. */
import { parseTree } from './tree';

/** Longer texts are not tried: they are shown as they are. */
const maxLength = 2_000_000;

/** The text of the JSON object or array a string holds, decoded where it was URL-encoded; null where it holds none. */
export function embeddedJson(text: string): string | null {
  if (text.length < 2 || text.length > maxLength) return null;
  if (isContainer(text)) return text;
  if (!/^\s*%(?:7b|5b)/i.test(text)) return null;
  const decoded = decodeUrl(text);
  return decoded !== null && isContainer(decoded) ? decoded : null;
}

function isContainer(text: string): boolean {
  return /^\s*[{[]/.test(text) && /[\]}]\s*$/.test(text) && parseTree(text).ok;
}

/** IAM encodes by RFC 3986, where a plus is a plus. */
function decodeUrl(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a malformed sequence: not URL-encoded
  }
}
