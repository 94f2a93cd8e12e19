/** `--verify`: whether what was opened is whole and unaltered, as text or JSON. */
import { resolve } from 'node:path';
import type { IntegrityReport, ManifestCheck } from '#contract/integrity';
import { counted, formatCount } from '#core/figures';
import { formatIso } from '#core/time';
import { UsageError } from './command-line';
import type { EngineThread } from './engine-thread';
import { printable } from './printable';

export interface VerifyQuestion {
  /** Files with public keys or signatures. */
  readonly proofs: readonly string[];
  /** A manifest to hold the files against instead. */
  readonly manifest: string | null;
}

/** Where something is changed, appended, missing or not listed. */
export const alarmExitCode = 3;

export interface VerifyAnswer {
  readonly pieces: AsyncIterable<string>;
  readonly alarms: boolean;
}

/** Throws {@link UsageError} where a file has neither keys nor signatures. */
export async function verifyAnswer(
  client: EngineThread['client'],
  { proofs, manifest }: VerifyQuestion,
  asJson: boolean,
): Promise<VerifyAnswer> {
  if (manifest !== null) return manifestAnswer(await client.call('engine.check-manifest', resolve(manifest)), asJson);
  if (proofs.length > 0) {
    const { problems } = await client.call(
      'engine.add-proofs',
      proofs.map((path) => resolve(path)),
    );
    const [first] = problems;
    if (first !== undefined) throw new UsageError(`${first.from}: ${first.message}`);
  }
  const report = await client.call('archive.integrity', { most: asJson ? null : 0 });
  return { pieces: asJson ? json(report) : text(client), alarms: report.alarms };
}

async function* json(report: IntegrityReport): AsyncGenerator<string> {
  const { trailSettings, coverage } = report;
  yield `${JSON.stringify({
    ...report,
    trailSettings: trailSettings.map((each) => ({ ...each, time: each.time === null ? null : formatIso(each.time) })),
    coverage: coverage.map((each) => ({ ...each, from: formatIso(each.from), to: formatIso(each.to) })),
  })}\n`;
}

async function* text(client: EngineThread['client']): AsyncGenerator<string> {
  yield await client.call('archive.integrity-text', 'terminal');
}

function manifestAnswer(check: ManifestCheck, asJson: boolean): VerifyAnswer {
  const { unchanged, changed, gone, added, unreadable } = check;
  const lines = [
    ...changed.map(({ path }) => `CHANGED     ${printable(path)}`),
    ...gone.map((path) => `GONE        ${printable(path)}`),
    ...added.map((path) => `NEW         ${printable(path)}`),
    ...unreadable.map(({ path, reason }) => `UNREADABLE  ${printable(path)}: ${printable(reason)}`),
    `${counted(unchanged, 'file')} unchanged, ${formatCount(changed.length)} changed, ${formatCount(gone.length)} gone, ${formatCount(added.length)} new`,
  ];
  const whole = asJson ? `${JSON.stringify(check)}\n` : `${lines.join('\n')}\n`;
  return { pieces: once(whole), alarms: changed.length + gone.length + added.length + unreadable.length > 0 };
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
