/** Whether the opened files are whole and unaltered: the verdicts, and the keys brought along for them. */
import type { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import type { IntegrityReport, ManifestCheck, TrailSetting } from '#contract/integrity';
import type { Host } from '../host/host';
import { Newest } from '../lib/latest';
import { asAppError } from './problem';

/** The most entries of each list on screen; saved as text there are all. */
export const mostVerdicts = 500;

export class Integrity {
  private readonly host: Host;
  private readonly asking = new Newest();
  private readonly findingSettings = new Newest();
  report = $state.raw<IntegrityReport | null>(null);
  problem = $state.raw<AppError | null>(null);
  /** The calls that changed what a trail records, in order of time. */
  settings = $state.raw<readonly TrailSetting[]>([]);
  isBusy = $state(false);
  /** What became of the files of the manifest checked last. */
  manifest = $state.raw<ManifestCheck | null>(null);

  constructor(host: Host) {
    this.host = host;
  }

  /** Other files are open. */
  forget(): void {
    this.asking.abort();
    this.findingSettings.abort();
    this.report = null;
    this.problem = null;
    this.manifest = null;
    this.settings = [];
  }

  /** For the timeline, which shows none where they cannot be had: the list says the same. */
  async loadSettings(): Promise<void> {
    const signal = this.findingSettings.begin();
    const settings = await this.host.call('archive.trail-settings', null, { signal }).catch(() => []);
    if (!signal.aborted) this.settings = settings;
  }

  async load(): Promise<void> {
    const signal = this.asking.begin();
    this.isBusy = true;
    try {
      const report = await this.host.call('archive.integrity', { most: mostVerdicts }, { signal });
      if (signal.aborted) return;
      this.report = report;
      this.problem = null;
    } catch (thrown) {
      if (!signal.aborted) this.problem = asAppError(thrown);
    } finally {
      if (this.asking.isNewest(signal)) this.isBusy = false;
    }
  }

  /** Reads public keys and signatures from files. Resolves to what is to be said about it. Rejects where the host does. */
  async addProofs(files: readonly SourceId[]): Promise<{ readonly text: string; readonly isProblem: boolean }> {
    const { keys, signatures, problems } = await this.host.call('archive.add-proofs', files);
    await this.load();
    return { text: proofsText(keys, signatures, problems), isProblem: problems.length > 0 };
  }

  /** Holds what is open against a manifest. Rejects where the host does. */
  async checkManifest(file: SourceId): Promise<void> {
    this.manifest = await this.host.call('archive.check-manifest', file);
  }

  /** The SHA-256 of every opened file, as `sha256sum` writes it. */
  makeManifest(): Promise<string> {
    return this.host.call('archive.manifest', 'text');
  }

  text(): Promise<string> {
    return this.host.call('archive.integrity-text', 'window');
  }
}

function proofsText(keys: number, signatures: number, problems: readonly { from: string; message: string }[]): string {
  const [first] = problems;
  if (first !== undefined) return `${first.from}: ${first.message}`;
  const parts = [
    ...(keys === 0 ? [] : [keys === 1 ? '1 public key' : `${String(keys)} public keys`]),
    ...(signatures === 0 ? [] : [signatures === 1 ? '1 signature' : `${String(signatures)} signatures`]),
  ];
  return parts.length === 0 ? 'These keys and signatures were at hand already' : `Added ${parts.join(' and ')}`;
}
