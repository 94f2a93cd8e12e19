/** What can be wrong with files and archives, in the user's words. */
import { limitFacts, type ImportLimits, type LimitName } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { exactBytes, formatCount } from '#core/figures';

export function loss(code: FileProblem['code'], message: string, atByte: number | null = null): FileProblem {
  return { code, severity: 'loss', message, atByte, snippet: '' };
}

export function note(code: FileProblem['code'], message: string): FileProblem {
  return { code, severity: 'note', message, atByte: null, snippet: '' };
}

/** A file or folder that the system refuses to read. */
export function unreadable(thrown: unknown): FileProblem {
  return loss('unreadable', reasonOf(thrown));
}

/** Entries of an archive that are not files. */
export function passedOver(count: number): FileProblem {
  const what = count === 1 ? '1 entry that is not a file' : `${String(count)} entries that are not files`;
  return note('oddity', `${what} skipped (links, devices): links are not followed`);
}

/** Members of a tar that store only the parts between holes. */
export function sparseFiles(count: number): FileProblem {
  const what = count === 1 ? '1 sparse file, which is not read' : `${String(count)} sparse files, which are not read`;
  return loss('unknown-format', `${what}: unpack the archive, then open the folder`);
}

/** A gzip file that ends too early. */
export function tornGzip(atByte: number): FileProblem {
  return loss('torn', 'the gzip file ends too early; what came before was read', atByte);
}

/** A member of a zip whose deflate data ends too early, or is damaged; `unpacked` bytes came before. */
export function damagedDeflate(error: Error, isTorn: boolean, unpacked: number): FileProblem {
  const message = isTorn
    ? 'it ends too early in its archive; what came before was read'
    : `it is damaged in its archive (${error.message}); what came before was read`;
  return loss(isTorn ? 'torn' : 'bad-archive', message, unpacked);
}

/**
 * A limit was met.
 *
 * @param what what was met: "it unpacks to more than"
 */
export function limitProblem(
  limit: LimitName,
  limits: ImportLimits,
  what: string,
  atByte: number | null = null,
): FileProblem {
  const message = `${what} ${limitText(limit, limits[limit])}; the limit (${limitFacts[limit].inMessages}) can be raised: Limits… in the menu, or --limits ${limit}=N`;
  return { ...loss('limit', message, atByte), limit };
}

function limitText(limit: LimitName, value: number): string {
  return limitFacts[limit].unit === 'bytes' ? exactBytes(value) : formatCount(value);
}

/** Whether something failed outside the app: a file could not be read, or there was no memory for it. */
export function isSystemError(thrown: unknown): boolean {
  return (thrown instanceof Error && 'syscall' in thrown) || thrown instanceof RangeError;
}

/** A system error in the user's words. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ENOENT':
      return 'not found';
    case 'ELOOP':
      return 'a link that leads back to itself';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open on this computer';
    case 'EISDIR':
      return 'it is a folder now';
    default:
      return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
