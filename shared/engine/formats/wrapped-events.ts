/** Scans wrapped events and gives their rows the location of the wrapper. */
import type { ImportLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import type { RecordFormat } from '#contract/record-formats';
import { ScanOutcome } from '../scan/scan-kernel';
import type { SegmentBuilder } from '../scan/segment-builder';
import { mentionsEvent } from './event-mention';
import type { Input } from './input';
import { textOf, type Span } from './json-walk';
import { lookupLacks } from './lookup-event';
import { nameObject } from './outline';
import { mentionsPackedEvent } from './packed-mention';
import { PackedTexts } from './packed-text';
import type { FormatDetection } from './format-detection';
import { Unwrapper, type Candidate } from './unwrap';

/** Reports a problem at an offset into the current bytes. */
export type ReportProblem = (
  code: FileProblem['code'],
  message: string,
  at: number | null,
  severity?: FileProblem['severity'],
  limit?: FileProblem['limit'],
) => void;

export class WrappedEvents {
  /** Cells of Logs Insights rows that were skipped. */
  cells = 0;
  /** Events under keys that no tool is known to use. */
  guessed = 0;
  private readonly builder: SegmentBuilder;
  private readonly input: Input;
  private readonly detection: FormatDetection;
  private readonly recordBytes: number;
  private readonly report: ReportProblem;
  private readonly packed: PackedTexts;

  constructor(
    builder: SegmentBuilder,
    input: Input,
    detection: FormatDetection,
    { ratio, recordBytes }: Pick<ImportLimits, 'ratio' | 'recordBytes'>,
    report: ReportProblem,
  ) {
    this.builder = builder;
    this.input = input;
    this.detection = detection;
    this.recordBytes = recordBytes;
    this.report = report;
    this.packed = new PackedTexts({ ratio, recordBytes });
  }

  /**
   * Reads what is inside a well-formed JSON value. All its rows are added before this returns, so that they are in one segment.
   *
   * Returns whether events were found, or something known to hold none, such as a digest; unknown objects are reported as losses.
   *
   * @param format of the events, where the context of the value shows it
   * @param whatElse how to describe a value without known content; null: by its keys
   */
  fromValue(value: Span, format: RecordFormat | null, whatElse: string | null): 'events' | 'known' | 'unknown' {
    const inside = this.unwrapper();
    inside.value(value, format);
    this.cells += inside.cells;
    this.guessed += inside.guessed;
    if (inside.found > 0) return 'events';
    if (inside.controls + inside.cells > 0) return 'known';
    if (inside.unknown > 0) return 'unknown';
    return this.unknownObject(value, whatElse);
  }

  /** Reports a value that holds no event. `known`: what it is, if known; the result is that of {@link fromValue}. */
  unknownObject(value: Span, known: string | null): 'known' | 'unknown' {
    const what = known ?? this.nameOrIgnore(value);
    if (what === null) return 'known';
    this.detection.other();
    this.report('not-events', what, value.start);
    return 'unknown';
  }

  /** Reads siblings of a list of events, under unknown keys, that may hold an event. */
  beside(value: Span, key: Span): void {
    if (mentionsEvent(value) || mentionsPackedEvent(value, this.packed)) {
      this.unwrapper().beside(value, textOf(key) ?? '');
    }
  }

  /** Reads a text decoded from `place` and returns what was found. A text without events is not reported. */
  fromText(text: Uint8Array, place: Span, format: RecordFormat): Pick<Unwrapper, 'found' | 'controls' | 'unknown'> {
    const inside = this.unwrapper();
    inside.text(text, place, format);
    return inside;
  }

  /** Like {@link fromValue} for a value in other text: returns what was found; a value without events is not reported. */
  fromPart(value: Span, format: RecordFormat): Pick<Unwrapper, 'found' | 'controls'> {
    const inside = this.unwrapper();
    inside.value(value, format);
    return inside;
  }

  private unwrapper(): Unwrapper {
    return new Unwrapper(
      (candidate) => {
        this.scan(candidate);
      },
      (code, message, place, severity, limit) => {
        if (severity === 'loss') {
          this.detection.looksLike('other');
          this.detection.other();
        }
        this.report(code, message, place.start, severity, limit);
      },
      this.packed,
    );
  }

  /** The description of an object that is not an event; null where it is ignored. */
  private nameOrIgnore(value: Span): string | null {
    const { ignored, what } = nameObject(value);
    if (ignored === null) return what;
    this.detection.ignored(ignored);
    return null;
  }

  /** Reads one event; returns the problem where it cannot be read. */
  scan(candidate: Candidate): void {
    const outcome = this.tryScan(candidate);
    if (outcome === ScanOutcome.end) return;
    const { place, fallback } = candidate;
    const { code, message } = faultOf(outcome, this.builder.fault);
    if (fallback === null) {
      this.report(code, `inside: ${message}`, place.start);
      return;
    }
    const bytes = fallback();
    const summary = { bytes, start: 0, end: bytes.length };
    this.tryScan({ ...candidate, span: summary, isInPlace: false, ...lookupLacks, fallback: null });
    this.report(code, `the event's own text is broken: ${message}; the fields next to it were read`, place.start);
  }

  private tryScan({ span, isInPlace, place, format, isSummary, isOutcomeUnstated }: Candidate): ScanOutcome {
    const { builder, input, recordBytes } = this;
    const first = builder.rowCount;
    builder.startOrigin({ format, isSummary, isOutcomeUnstated });
    const outcome = isInPlace
      ? builder.scanAlone(span.start, input.end, { base: input.base, maxRecordBytes: recordBytes })
      : builder.scanText(span.bytes.subarray(span.start, span.end), input.end, recordBytes);
    if (outcome !== ScanOutcome.end) return outcome;
    if (!isInPlace) builder.placeRows(first, input.base + place.start, place.end - place.start);
    this.detection.event(format);
    return outcome;
  }
}

function faultOf(
  outcome: ScanOutcome,
  fault: SegmentBuilder['fault'],
): { readonly code: FileProblem['code']; readonly message: string } {
  if (outcome === ScanOutcome.broken) return fault;
  if (outcome === ScanOutcome.needMore) return { code: 'torn', message: 'the text ends in the middle of the event' };
  return { code: 'not-events', message: 'not a CloudTrail event' };
}
