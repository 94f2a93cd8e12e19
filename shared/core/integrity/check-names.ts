/** Whether what a file's name and folders say fits its events. */
import { epochMs } from '#contract/ids';
import type { NameVerdict } from '#contract/integrity';
import { formatIso } from '../time';
import type { Content } from './check-files';
import { baseName, nameTimeOf, readLogName } from './trail-files';

const pathPattern = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail(?:-Insight)?\/([^/]+)\//;

/**
 * What does not fit, a line for each file. A name's time is its newest event rounded up to five minutes.
 *
 * @param listedName the base name under which a digest lists a content with this hash; null where none does
 */
export function checkNames(contents: readonly Content[], listedName: (sha256: string) => string | null): NameVerdict[] {
  return contents.flatMap((content) => {
    const { path, sha256 } = content;
    const listed = sha256 === null ? null : listedName(sha256);
    if (listed !== null && baseName(listed) !== baseName(path))
      return [{ path, expected: baseName(listed), found: baseName(path) }];
    return misfits(content);
  });
}

function misfits({ path, newest, accounts, regions }: Content): NameVerdict[] {
  const name = readLogName(path);
  const [, account, region] = pathPattern.exec(path) ?? [];
  const found: NameVerdict[] = [];
  const compare = (what: string, expected: string, said: string | undefined): void => {
    if (said === undefined || said === expected) return;
    // Name and folders mostly say the same.
    const misfit = { path, expected: `${what} ${expected}`, found: said };
    if (!found.some((one) => one.expected === misfit.expected && one.found === said)) found.push(misfit);
  };
  // A file without events, or one that an organization's accounts share, says nothing of its own.
  if (accounts.length === 1 && accounts[0] !== undefined) {
    compare('account', accounts[0], name?.account);
    compare('account', accounts[0], account);
  }
  if (regions.length === 1 && regions[0] !== undefined) {
    compare('Region', regions[0], name?.region);
    compare('Region', regions[0], region);
  }
  if (name !== null && newest !== null)
    compare('newest event in the five minutes before', isoOf(nameTimeOf(newest)), isoOf(name.time));
  return found;
}

const isoOf = (time: number): string => formatIso(epochMs(time));
