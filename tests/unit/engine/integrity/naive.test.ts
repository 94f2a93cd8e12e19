/** Any tampering with any tree has the verdicts that a naive checker gives. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EvidenceFile } from '#engine/integrity/evidence-files';
import { proofsIn } from '#engine/integrity/proof-files';
import { verifyEvidence } from '#engine/integrity/verify';
import type { IntegrityReport } from '#contract/integrity';
import { tries } from '../../../helpers/properties';
import { temporaryFolder } from '../../../helpers/temporary-folder';
import { verifyHere } from '../../../helpers/verify-here';
import { caseOf, recipes, writeFiles, type Case } from '../../../helpers/tampered-trails';
import { referenceVerdicts, type BroughtAlong, type HandedOver, type Verdicts } from '../../../reference/integrity';

/** What an import says of a file. */
function evidenceOf({ path, text, isAppended }: HandedOver, record: number): EvidenceFile {
  const isDigest = text.includes('"digestEndTime"');
  const { Records: events = [] } = JSON.parse(text) as {
    readonly Records?: readonly {
      readonly eventTime: string;
      readonly awsRegion: string;
      readonly recipientAccountId: string;
    }[];
  };
  const times = events.map(({ eventTime }) => Date.parse(eventTime));
  return {
    record,
    path,
    sha256: createHash('sha256').update(text).digest('hex'),
    isAppended,
    isLog: !isDigest,
    newest: times.length === 0 ? null : Math.max(...times),
    accounts: [...new Set(events.map(({ recipientAccountId }) => recipientAccountId))],
    regions: [...new Set(events.map(({ awsRegion }) => awsRegion))],
    packedBytes: null,
    digest: isDigest ? Buffer.from(text) : null,
    isDigest,
    appendedEvents: 0,
  };
}

function report({ files, brought }: Case): IntegrityReport {
  const proofs = proofTexts(brought).map((text) => proofsIn(text, 'proofs.json'));
  const all = proofs.map((read) => {
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  const keys = new Map(all.flatMap((each) => each.keys.map((key) => [key.fingerprint, key] as const)));
  const signatures = new Map(all.flatMap((each) => [...each.signatures]));
  return verifyEvidence(
    { files: files.map(evidenceOf), deliveries: [], trailSettings: [] },
    { keys, used: [], signatures },
  );
}

const proofTexts = ({ keyLists, signatures }: BroughtAlong): string[] =>
  [...keyLists, JSON.stringify(signatures)].filter((text) => text !== '{}');

function verdictsOf({ files, digests }: IntegrityReport): Verdicts {
  return [
    ...files.map(({ path, state }) => `${path} ${state}`),
    ...digests.map(({ path, state, level }) => `${path} ${state} ${level}`),
  ].sort();
}

test('the verdicts are those of a naive checker, whatever was done to the files', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { files, brought } = caseOf(recipe);
      expect(verdictsOf(report({ files, brought }))).toEqual(referenceVerdicts(files, brought));
    }),
    { numRuns: tries(400) },
  );
});

test('and those of files that are opened, packed and in archives, too', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const { files, brought } = caseOf(recipe);
      const folder = await writeFiles(await temporaryFolder(), files);
      const proofs = Object.fromEntries(proofTexts(brought).map((text, at) => [`proofs-${String(at)}.json`, text]));
      expect(verdictsOf(await verifyHere(folder, proofs))).toEqual(referenceVerdicts(files, brought));
    }),
    { numRuns: tries(36) },
  );
});
