/** The integrity checks of one open archive, made when they are asked for and kept until something changes. */
import type {
  CoverageSpan,
  CoverageState,
  EventIntegrity,
  FileState,
  FileVerdict,
  IntegrityReport,
  IntegrityRequest,
  ProofsAdded,
  TrailSetting,
  UsedKey,
} from '#contract/integrity';
import type { TextTarget } from '#contract/report';
import { integrityText } from '#core/integrity/report-text';
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

const behindTheEnd = 'the event stands behind the end of the file that CloudTrail wrote';
const noVerdict = 'no digest says anything of this file';

interface Known {
  readonly report: IntegrityReport;
  /** Of log files, by the place of a text's record in the log. */
  readonly verdicts: ReadonlyMap<number, FileVerdict>;
}

export class ArchiveIntegrity {
  private readonly parts: IntegrityParts;
  private readonly keys = new Map<string, PublicKey>();
  private readonly used = new Map<string, UsedKey>();
  private readonly signatures = new Map<string, string>();
  private known: Known | null = null;
  /** Not before an import has ended: until then files may be missing that are only not read yet. */
  private isReady = false;

  constructor(parts: IntegrityParts) {
    this.parts = parts;
  }

  /** An import begins. */
  restart(): void {
    this.isReady = false;
    this.forget();
  }

  /** All is read, or something was removed. */
  ready(): void {
    this.isReady = true;
    this.forget();
  }

  private forget(): void {
    this.known = null;
    this.parts.search.forgetGroups();
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
    this.forget();
    return {
      keys: this.keys.size - before.keys,
      signatures: this.signatures.size - before.signatures,
      problems,
    };
  }

  report({ most }: IntegrityRequest): IntegrityReport {
    const { report } = this.check();
    return most === null ? report : beginOf(report, most);
  }

  /** The sentences of the summary; none before all is read. */
  summary(): readonly string[] {
    return this.isReady ? this.check().report.summary : [];
  }

  trailSettings(): readonly TrailSetting[] {
    const { index, search } = this.parts;
    return findTrailSettings(index, (query) => search.rowsOf(query));
  }

  text(target: TextTarget): string {
    return integrityText(this.check().report, target);
  }

  /** Of a text, by the place of its record in the log. */
  stateOf(record: number): FileState {
    return this.isReady ? stateOfRest(this.check().verdicts.get(record)) : 'unverified';
  }

  /** @param isAppended whether the event stands behind the end of what CloudTrail wrote */
  ofEvent(record: number, isAppended: boolean): EventIntegrity | null {
    if (!this.isReady) return null;
    if (isAppended) return { state: 'appended', level: 'nothing', reason: behindTheEnd };
    const verdict = this.check().verdicts.get(record);
    const { level, reason } = verdict ?? { level: 'nothing', reason: noVerdict };
    return { state: stateOfRest(verdict), level, reason };
  }

  private check(): Known {
    if (this.known === null) {
      const { index, log, search } = this.parts;
      const find = (query: string): readonly number[] => search.rowsOf(query);
      const files = evidenceFiles(index, log);
      const report = verifyEvidence(
        {
          files,
          deliveries: findDeliveries(index, find),
          trailSettings: findTrailSettings(index, find),
        },
        { keys: this.keys, used: [...this.used.values()], signatures: this.signatures },
      );
      // Verdicts stand in the order of the files; those of missing ones follow.
      const verdicts = new Map<number, FileVerdict>();
      files
        .filter(({ isDigest }) => !isDigest)
        .forEach(({ record }, at) => {
          const verdict = report.files[at];
          if (verdict !== undefined) verdicts.set(record, verdict);
        });
      this.known = { report, verdicts };
    }
    return this.known;
  }
}

/** What a window shows: of files and digests those that need an explanation. */
function beginOf(report: IntegrityReport, most: number): IntegrityReport {
  const { files, digests, ledger, names, appended, trailSettings, coverage } = report;
  return {
    ...report,
    files: files.filter(({ state }) => state !== 'ok' && state !== 'unverified').slice(0, most),
    digests: digests.filter(({ state }) => state !== 'ok').slice(0, most),
    ledger: {
      trails: ledger.trails.slice(0, most).map((trail) => ({ ...trail, absentLogs: trail.absentLogs.slice(0, most) })),
    },
    names: names.slice(0, most),
    appended: appended.slice(0, most),
    trailSettings: trailSettings.slice(0, most),
    ...beginOfCoverage(coverage, most * spansPerEntry),
  };
}

/** A map shows far more spans than a list has lines. */
const spansPerEntry = 8;

/** Where there are too many: those that need an explanation first, each in its place. */
function beginOfCoverage(
  coverage: readonly CoverageSpan[],
  most: number,
): Pick<IntegrityReport, 'coverage' | 'spansLeftOut'> {
  if (coverage.length <= most) return { coverage };
  const byWeight = coverage.map((_, at) => at).sort((a, b) => weightOf(coverage[a]) - weightOf(coverage[b]) || a - b);
  const kept = new Set(byWeight.slice(0, most));
  return { coverage: coverage.filter((_, at) => kept.has(at)), spansLeftOut: coverage.length - most };
}

const weights = {
  incomplete: 0,
  present: 1,
  verified: 1,
  empty: 2,
  unknown: 3,
} as const satisfies Record<CoverageState, number>;

const weightOf = (span: CoverageSpan | undefined): number => (span === undefined ? 4 : weights[span.state]);

/** Of the events that are not behind the end of the file: CloudTrail's own, if a digest lists them. */
function stateOfRest(verdict: FileVerdict | undefined): FileState {
  if (verdict === undefined) return 'unverified';
  if (verdict.state !== 'appended') return verdict.state;
  return verdict.listedIn === null ? 'unverified' : 'ok';
}
