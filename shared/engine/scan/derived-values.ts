/**
 * The values derived from several others of a record: who called, whether it succeeded, in which account.
 *
 * They depend on a few dictionary values, and the same combination (a tuple) comes again and again: the scanner numbers the tuples, and
 * names are built once per tuple, not once per event.
 */
import { describeRecordKind, recordKindPaths, type RecordKindParts } from '#core/record-kind';
import { derivedPaths, standInTimes } from '#core/fields';
import { describeIdentity, identityPaths, type IdentityParts } from '#core/identity';
import { describeOutcome, outcomeParents, outcomePaths, type OutcomeParts } from '#core/outcome';
import { principalText } from '#core/principal';
import { KeyEntry, PathEntry, ValueEntry } from './kernel-layout';
import { KernelRegion, severalPaths, type KernelSlots, type ScanKernel } from './scan-kernel';
import { ValueType } from './segment';
import { decodeWtf8 } from '../text/wtf8';

const identityNames = Object.keys(identityPaths) as (keyof typeof identityPaths)[];

/** The parts of a record's kind that identity and result depend on. */
const tupleRecordKind = [
  'eventCategory',
  'eventType',
  'insightState',
] as const satisfies readonly (keyof RecordKindParts)[];

/** Instead of a path: the slot with the path under which an event reported a failure. */
const failure = '@failure';

/** Paths whose values make up a tuple. Slot 0 of the tuple holds which top-level keys were present; these follow. */
const slotPaths: readonly string[] = [
  ...identityNames.map((name) => identityPaths[name]),
  outcomePaths.errorCode,
  outcomePaths.errorMessage,
  outcomePaths.readOnly,
  ...tupleRecordKind.map((name) => recordKindPaths[name]),
  'recipientAccountId',
  'accountId',
  'userIdentity',
  failure,
  // After the failure slot, so that they are only kept with a failure: otherwise nearly every call would be its own tuple.
  outcomePaths.eventName,
  outcomePaths.eventSource,
];
const slotOf = (path: string): number => slotPaths.indexOf(path) + 1;

/** A slot with this flag notes only whether there is text: messages are many and only their presence counts. */
const presence = 0x80;
/** The slot of paths under which an event may report a failure: see `kernel/rows.ts`. */
const outcomeByte = 0xf9;
/** Slots that the scanner uses for other things than tuples: see `kernel/rows.ts`. */
const specialSlots: readonly { readonly path: string; readonly slot: number; readonly isPinned: boolean }[] = [
  { path: 'eventTime', slot: 0xff, isPinned: true },
  { path: 'eventID', slot: 0xfe, isPinned: false },
  { path: 'eventId', slot: 0xfd, isPinned: false },
  // Of the substitutes for a missing time, the highest slot counts.
  ...['timeWindow.windowStart', ...standInTimes.map(({ key }) => key)].map((path, i) => ({
    path,
    slot: 0xfc - i,
    isPinned: true,
  })),
];

const strings: readonly ValueType[] = [ValueType.string];
/** Some exports write an account or an error code as a number. */
const stringsAndNumbers: readonly ValueType[] = [ValueType.string, ValueType.number];
/** `lookup-events` writes `readOnly` as a string. */
const words: readonly ValueType[] = [ValueType.string, ValueType.number, ValueType.true, ValueType.false];

/** Of slot 0: see `setOutcomeUnstated` of the kernel. Bits of keys begin at 1. */
const unstatedBit = 1;

/** Slots of a tuple, counting slot 0. */
const tupleWidth = slotPaths.length + 1;

export const kernelSlots: KernelSlots = {
  count: tupleWidth,
  recipient: slotOf('recipientAccountId'),
  account: slotOf('accountId'),
  failure: slotOf(failure),
  source: slotOf(outcomePaths.eventSource),
};

/** The derived paths, in the order of their codes in {@link DerivedValues.codes}. */
export const derivedColumns: readonly string[] = [
  derivedPaths.identity,
  derivedPaths.identityKind,
  derivedPaths.account,
  derivedPaths.result,
  derivedPaths.eventClass,
];

/** Makes the scanner collect the tuples. Call it before anything is scanned. */
export function declareSlots(kernel: ScanKernel): void {
  for (const parent of outcomeParents) kernel.exports.setChildSlot(kernel.declarePath(parent), outcomeByte);
  for (const path of slotPaths) {
    if (path === failure) continue;
    const number = kernel.declarePath(path);
    const isPresence = path === outcomePaths.errorMessage;
    kernel.exports.setSlot(number, isPresence ? slotOf(path) | presence : slotOf(path));
    if (!isPresence) kernel.exports.pin(number);
  }
  for (const { path, slot, isPinned } of specialSlots) {
    const number = kernel.declarePath(path);
    kernel.exports.setSlot(number, slot);
    if (isPinned) kernel.exports.pin(number);
  }
}

export class DerivedValues {
  /** By column, the code of each tuple. */
  readonly codes: readonly number[][] = derivedColumns.map(() => []);
  /** By column, the text of each code. */
  readonly texts: readonly string[][] = derivedColumns.map(() => []);
  private readonly codeByText = derivedColumns.map(() => new Map<string, number>());
  private readonly kernel: ScanKernel;
  /** The bit of slot 0 that says there was a `userIdentity`. */
  private readonly identityBit: number;

  constructor(kernel: ScanKernel, identityBit: number) {
    this.kernel = kernel;
    this.identityBit = identityBit;
  }

  /** Computes the values of tuples added since the last call. */
  update(): void {
    const known = this.codes[0]?.length ?? 0;
    const count = this.kernel.exports.getTupleCount();
    if (count === known) return;
    const tuples = this.kernel.words(KernelRegion.tuples);
    for (let tuple = known; tuple < count; tuple++) {
      this.describe(tuples.subarray(tuple * tupleWidth, (tuple + 1) * tupleWidth)).forEach((text, column) =>
        this.codes[column]?.push(this.codeOf(column, text)),
      );
    }
  }

  private describe(tuple: Uint32Array): readonly string[] {
    const parts: { -readonly [Part in keyof IdentityParts]: IdentityParts[Part] } = {};
    identityNames.forEach((name) => {
      parts[name] = this.textAt(tuple, identityPaths[name], name === 'accountId' ? stringsAndNumbers : strings);
    });
    const hasIdentity = ((tuple[0] ?? 0) & this.identityBit) !== 0 && !this.isVoid(tuple, 'userIdentity');
    const recordKind = describeRecordKind(
      Object.fromEntries(tupleRecordKind.map((name) => [name, this.textAt(tuple, recordKindPaths[name], strings)])),
    );
    const identity = describeIdentity(hasIdentity ? parts : null, recordKind);
    const said: OutcomeParts = {
      errorCode: this.textAt(tuple, outcomePaths.errorCode, stringsAndNumbers),
      errorMessage: (tuple[slotOf(outcomePaths.errorMessage)] ?? 0) === 0 ? undefined : 'stated',
      readOnly: this.textAt(tuple, outcomePaths.readOnly, words),
      isUnstated: ((tuple[0] ?? 0) & unstatedBit) !== 0,
      failedKey: this.failedKey(tuple[slotOf(failure)] ?? 0),
      eventName: this.textAt(tuple, outcomePaths.eventName, strings),
      eventSource: this.textAt(tuple, outcomePaths.eventSource, strings),
    };
    const outcome = describeOutcome(said, recordKind);
    const account =
      this.textAt(tuple, 'recipientAccountId', words) ??
      this.textAt(tuple, 'accountId', words) ??
      this.textAt(tuple, identityPaths.accountId, words) ??
      '(not stated)';
    return [principalText(identity), identity.kind, account, outcome.result, outcome.eventClass];
  }

  /** The text in a path's slot where it is of one of these types and not empty. */
  private textAt(tuple: Uint32Array, path: string, types: readonly ValueType[]): string | undefined {
    const type = this.typeAt(tuple, path);
    if (type === undefined || !types.includes(type)) return undefined;
    const text = valueText(this.kernel, tuple[slotOf(path)] ?? 0);
    return text === '' ? undefined : text;
  }

  /** The last key of the path that reported a failure; null where several did. */
  private failedKey(path: number): string | null | undefined {
    if (path === 0) return undefined;
    if (path === severalPaths) return null;
    const key = (this.kernel.words(KernelRegion.paths)[path * PathEntry.words + PathEntry.key] ?? 0) * KeyEntry.words;
    const keys = this.kernel.words(KernelRegion.keys);
    const start = keys[key + KeyEntry.textStart] ?? 0;
    const length = keys[key + KeyEntry.textLength] ?? 0;
    return decodeWtf8(this.kernel.bytes(KernelRegion.keyTexts).subarray(start, start + length));
  }

  /** Whether the value at a path is null or an empty text. */
  private isVoid(tuple: Uint32Array, path: string): boolean {
    const type = this.typeAt(tuple, path);
    return type === ValueType.null || (type === ValueType.string && this.textAt(tuple, path, [type]) === undefined);
  }

  private typeAt(tuple: Uint32Array, path: string): ValueType | undefined {
    const value = tuple[slotOf(path)] ?? 0;
    if (value === 0) return undefined;
    return this.kernel.words(KernelRegion.values)[value * ValueEntry.words + ValueEntry.type] as ValueType;
  }

  private codeOf(column: number, text: string): number {
    const codes = this.codeByText[column];
    const texts = this.texts[column];
    if (codes === undefined || texts === undefined)
      throw new RangeError(`there is no derived column ${String(column)}`);
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  }
}

/** The text of a dictionary value, by the kernel's number. */
export function valueText(kernel: ScanKernel, value: number): string {
  const entries = kernel.words(KernelRegion.values);
  const start = entries[value * ValueEntry.words + ValueEntry.textStart] ?? 0;
  const length = entries[value * ValueEntry.words + ValueEntry.textLength] ?? 0;
  return decodeWtf8(kernel.bytes(KernelRegion.valueTexts).subarray(start, start + length));
}
