/**
 * CloudTrail's public keys and signatures, from files that somebody brought along. Sources: AWS, "Custom implementation of CloudTrail log
 * file integrity validation" and the API reference of `ListPublicKeys`.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { err, ok, type Result } from '#contract/result';
import type { SignatureCheck } from '#core/integrity/check-digests';
import { isSignature, textToSign, type Digest } from '#core/integrity/digest';
import { readFieldTime } from '#core/time';

export interface PublicKey {
  /** As CloudTrail names it, hex. */
  readonly fingerprint: string;
  readonly key: KeyObject;
  /** In ms; infinite where the file does not say. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** The answer of `aws cloudtrail list-public-keys`; the guide and the tool spell its list in two ways. */
const listNames = ['PublicKeyList', 'publicKeyList'] as const;
const maxKeys = 10_000;

/** Whether a value looks like a list of public keys. */
export function holdsPublicKeys(value: Readonly<Record<string, unknown>>): boolean {
  return listNames.some((name) => Array.isArray(value[name]));
}

/** The keys of a list, or what is wrong with it. */
export function readPublicKeys(value: Readonly<Record<string, unknown>>): Result<readonly PublicKey[], string> {
  const list = listNames.map((name) => value[name]).find(Array.isArray) as readonly unknown[] | undefined;
  if (list === undefined) return err('it has no PublicKeyList');
  if (list.length === 0) return err('its PublicKeyList is empty');
  if (list.length > maxKeys) return err('it lists more than 10,000 keys');
  const keys: PublicKey[] = [];
  for (const [at, entry] of list.entries()) {
    const key = readPublicKey(entry);
    if (typeof key === 'string') return err(`key ${String(at + 1)}: ${key}`);
    keys.push(key);
  }
  return ok(keys);
}

function readPublicKey(entry: unknown): PublicKey | string {
  if (typeof entry !== 'object' || entry === null) return 'no object';
  const { Value, value, Fingerprint, fingerprint, ...rest } = entry as Readonly<Record<string, unknown>>;
  const base64 = Value ?? value;
  const named = Fingerprint ?? fingerprint;
  if (typeof base64 !== 'string' || typeof named !== 'string') return 'it has no Value or no Fingerprint';
  const der = Buffer.from(base64, 'base64');
  const key = keyOf(der);
  if (key === null) return 'its Value is no RSA public key';
  // A check for damage: the fingerprint is no proof of where the key is from.
  const md5 = createHash('md5').update(der).digest('hex');
  if (md5 !== named.toLowerCase().replaceAll(':', ''))
    return 'its Fingerprint is not that of its Value: one of them is damaged';
  return {
    fingerprint: md5,
    key,
    validFrom: timeOf(rest['ValidityStartTime'] ?? rest['validityStartTime']) ?? -Infinity,
    validTo: timeOf(rest['ValidityEndTime'] ?? rest['validityEndTime']) ?? Infinity,
  };
}

/** PKCS#1, as CloudTrail gives it; one key of the guide is SPKI. */
function keyOf(der: Buffer): KeyObject | null {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      return key.asymmetricKeyType === 'rsa' ? key : null;
    } catch {
      // The other form is tried.
    }
  }
  return null;
}

/** ISO texts, seconds or milliseconds since 1970, as numbers or texts. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000;
  return typeof value === 'string' ? (readFieldTime(value)?.time ?? null) : null;
}

/** What a signature says of a digest. Checked as RSA PKCS#1 v1.5 over SHA-256. */
export function checkSignature(
  keys: ReadonlyMap<string, PublicKey>,
  digest: Digest,
  sha256: string,
  signature: string,
): SignatureCheck {
  if (digest.algorithm !== 'SHA256withRSA') return 'unknown-algorithm';
  if (!isSignature(signature)) return 'malformed';
  const key = keys.get(digest.fingerprint);
  if (key === undefined) return 'no-key';
  if (digest.end < key.validFrom || digest.start > key.validTo) return 'key-expired';
  return isSignedBy(key.key, textToSign(digest, sha256), signature) ? 'valid' : 'invalid';
}

export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  return verify('sha256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
}
