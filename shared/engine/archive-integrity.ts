/** The integrity checks of one open archive, made when they are asked for and kept until something changes. */
import type { IntegrityReport, ProofsAdded, UsedKey } from '#contract/integrity';
import type { ArchiveSearch } from './archive-search';
import type { ImportLog } from './imports/import-log';
import { findDeliveries, findTrailSettings } from './integrity/deliveries';
import { evidenceFiles } from './integrity/evidence-files';
import { readProofs } from './integrity/proof-files';
import type { PublicKey } from './integrity/public-keys';
import { verifyEvidence } from './integrity/verify';
import { insideTest } from './sources/inside';
import { shownPath } from './sources/raw-path';
import type { VisibleIndex } from './visibility/visible-index';

export interface IntegrityParts {
  readonly index: VisibleIndex;
  readonly log: ImportLog;
  readonly search: ArchiveSearch;
}

export class ArchiveIntegrity {
  private readonly parts: IntegrityParts;
  private readonly keys = new Map<string, PublicKey>();
  private readonly used = new Map<string, UsedKey>();
  private readonly signatures = new Map<string, string>();
  private known: IntegrityReport | null = null;

  constructor(parts: IntegrityParts) {
    this.parts = parts;
  }

  /** Files were read or removed. */
  restart(): void {
    this.known = null;
  }

  /** @param sources the paths of what is open: keys from inside it prove no more than the rest of it */
  addProofs(paths: readonly string[], sources: readonly string[]): ProofsAdded {
    const before = { keys: this.keys.size, signatures: this.signatures.size };
    const problems: { from: string; message: string }[] = [];
    for (const path of paths) {
      const from = shownPath(path);
      const proofs = readProofs(path);
      if (!proofs.ok) {
        problems.push({ from, message: proofs.error });
        continue;
      }
      const isInsideEvidence = sources.some(insideTest(path));
      for (const key of proofs.value.keys) {
        this.keys.set(key.fingerprint, key);
        this.used.set(key.fingerprint, { fingerprint: key.fingerprint, from, isInsideEvidence });
      }
      for (const [digest, signature] of proofs.value.signatures) this.signatures.set(digest, signature);
    }
    this.restart();
    return {
      keys: this.keys.size - before.keys,
      signatures: this.signatures.size - before.signatures,
      problems,
    };
  }

  report(): IntegrityReport {
    if (this.known === null) {
      const { index, log, search } = this.parts;
      const find = (query: string): readonly number[] => search.rowsOf(query);
      this.known = verifyEvidence(
        {
          files: evidenceFiles(index, log),
          deliveries: findDeliveries(index, find),
          trailSettings: findTrailSettings(index, find),
        },
        { keys: this.keys, used: [...this.used.values()], signatures: this.signatures },
      );
    }
    return this.known;
  }
}
