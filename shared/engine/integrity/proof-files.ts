/** Files that prove something of the evidence, told apart by their content: public keys, and signatures of the newest digests. */
import { err, ok, type Result } from '#contract/result';
import { isSignature } from '#core/integrity/digest';
import { baseName } from '#core/integrity/trail-files';
import { reasonOf } from '../sources/problems';
import { readSmallText } from '../sources/small-text';
import { holdsPublicKeys, readPublicKeys, type PublicKey } from './public-keys';

/** What a file brings. */
export interface Proofs {
  readonly keys: readonly PublicKey[];
  /** Signatures, hex, by the base name of the digest they are of. */
  readonly signatures: ReadonlyMap<string, string>;
}

/** The answers of AWS that are read here have some kilobytes. */
const maxBytes = 16 * 2 ** 20;
const sidecarEnding = /\.(?:head-object|head|metadata|signature|sig)?(?:\.json|\.txt)?$/;

/** The proofs in a file, or what is wrong with it. */
export function readProofs(path: string): Result<Proofs, string> {
  let text: string;
  try {
    text = readSmallText(path, maxBytes);
  } catch (thrown) {
    return err(reasonOf(thrown));
  }
  return proofsIn(text, path);
}

/** The proofs in a text. `path`: a signature alone is that of the digest which the file is named after. */
export function proofsIn(text: string, path: string): Result<Proofs, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const line = text.trim();
    if (isSignature(line)) return ok({ keys: [], signatures: new Map([[digestOf(path), line]]) });
    return err('it is neither JSON nor a signature');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err('it is no JSON object');
  const fields = value as Readonly<Record<string, unknown>>;
  if (holdsPublicKeys(fields)) {
    const keys = readPublicKeys(fields);
    return keys.ok ? ok({ keys: keys.value, signatures: new Map() }) : err(keys.error);
  }
  const signature = signatureOf(fields);
  if (signature !== null && !isSignature(signature)) return err(notHex);
  if (signature !== null) return ok({ keys: [], signatures: new Map([[digestOf(path), signature]]) });
  const entries = Object.entries(fields).flatMap(([key, each]) =>
    typeof each === 'string' ? [[baseName(key), each] as const] : [],
  );
  if (entries.length === 0 || entries.length < Object.keys(fields).length)
    return err('it holds neither public keys nor signatures of digests');
  if (!entries.every(([, each]) => isSignature(each))) return err(notHex);
  return ok({ keys: [], signatures: new Map(entries) });
}

const notHex = 'what it gives as a signature is not hexadecimal';

/** Of the answer of `aws s3api head-object`, whose metadata holds a digest's signature. */
function signatureOf(fields: Readonly<Record<string, unknown>>): string | null {
  const metadata = fields['Metadata'] ?? fields['metadata'];
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { signature } = metadata as Readonly<Record<string, unknown>>;
  return typeof signature === 'string' ? signature : null;
}

/** The base name of the digest that a file beside it is named after: `…Z.json.gz.head-object.json`. */
function digestOf(path: string): string {
  return baseName(path.replace(sidecarEnding, '')).replace(/\.json(?:\.gz)?$/, '');
}
