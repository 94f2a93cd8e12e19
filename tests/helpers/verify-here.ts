/** Opens a folder in this thread, with keys and signatures brought along, and gives the verdicts by the files' last names. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { IntegrityReport } from '#contract/integrity';
import { engineHere } from './engine-here';
import { temporaryFolder } from './temporary-folder';

export interface Verified extends IntegrityReport {
  /** The state of each log file, present or not, by its base name. */
  readonly fileStates: Readonly<Record<string, string>>;
  /** `state level` of each digest, by its base name. */
  readonly digestStates: Readonly<Record<string, string>>;
}

/** `proofs`: the texts of files, by name, that lie outside of what is opened. */
export async function verifyHere(path: string, proofs: Readonly<Record<string, string>> = {}): Promise<Verified> {
  const engine = engineHere();
  await engine.open(path);
  const outside = await temporaryFolder();
  const paths = Object.keys(proofs).map((name) => join(outside, name));
  for (const [name, text] of Object.entries(proofs)) await writeFile(join(outside, name), text);
  if (paths.length > 0) {
    const { problems } = await engine.call('engine.add-proofs', paths);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
  }
  const report = await engine.call('archive.integrity', { most: null });
  return {
    ...report,
    fileStates: Object.fromEntries(report.files.map(({ path: file, state }) => [basename(file), state])),
    digestStates: Object.fromEntries(
      report.digests.map(({ path: file, state, level }) => [basename(file), `${state} ${level}`]),
    ),
  };
}
