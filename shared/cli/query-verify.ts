/** `--verify`: whether what was opened is whole and unaltered, as text or JSON. */
import { resolve } from 'node:path';
import type { IntegrityReport } from '#contract/integrity';
import { formatIso } from '#core/time';
import { UsageError } from './command-line';
import type { EngineThread } from './engine-thread';

export interface VerifyQuestion {
  /** Files with public keys or signatures. */
  readonly proofs: readonly string[];
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
  { proofs }: VerifyQuestion,
  asJson: boolean,
): Promise<VerifyAnswer> {
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
