/**
 * What the rest of the engine knows of this memory, as numbers of the program: a test holds `kernel-layout.ts` and `scan-kernel.ts` to them.
 * They are not read at run time, since constants in JavaScript are faster than a global of the program. Fields in words of 32 bits.
 */
import { ColumnEntry } from './compact';
import { KeyEntry, PathEntry, Type, ValueEntry } from './dictionary';
import { slack } from './memory';
import { RowEntry } from './rows';
import { Outcome } from './scan';
import { Fault } from './text';

export const KeyEntry_parent: u32 = offsetof<KeyEntry>('parent') >> 2;
export const KeyEntry_textStart: u32 = offsetof<KeyEntry>('textStart') >> 2;
export const KeyEntry_textLength: u32 = offsetof<KeyEntry>('textLength') >> 2;
export const KeyEntry_words: u32 = offsetof<KeyEntry>() >> 2;

export const PathEntry_key: u32 = offsetof<PathEntry>('key') >> 2;
export const PathEntry_words: u32 = offsetof<PathEntry>() >> 2;

export const ValueEntry_path: u32 = offsetof<ValueEntry>('path') >> 2;
export const ValueEntry_textStart: u32 = offsetof<ValueEntry>('textStart') >> 2;
export const ValueEntry_textLength: u32 = offsetof<ValueEntry>('textLength') >> 2;
export const ValueEntry_type: u32 = offsetof<ValueEntry>('type') >> 2;
export const ValueEntry_words: u32 = offsetof<ValueEntry>() >> 2;

export const RowEntry_offset: u32 = offsetof<RowEntry>('offset') >> 2;
export const RowEntry_time: u32 = offsetof<RowEntry>('time') >> 2;
export const RowEntry_id: u32 = offsetof<RowEntry>('id') >> 2;
export const RowEntry_content: u32 = offsetof<RowEntry>('content') >> 2;
export const RowEntry_length: u32 = offsetof<RowEntry>('length') >> 2;
export const RowEntry_tuple: u32 = offsetof<RowEntry>('tuple') >> 2;
export const RowEntry_timeValue: u32 = offsetof<RowEntry>('timeValue') >> 2;
export const RowEntry_words: u32 = offsetof<RowEntry>() >> 2;

export const ColumnEntry_words: u32 = offsetof<ColumnEntry>() >> 2;

export const ScanOutcome_end: u32 = Outcome.end;
export const ScanOutcome_needMore: u32 = Outcome.needMore;
export const ScanOutcome_broken: u32 = Outcome.broken;
export const ScanOutcome_notEvent: u32 = Outcome.notEvent;
export const ScanOutcome_envelope: u32 = Outcome.envelope;
export const ScanOutcome_full: u32 = Outcome.full;

export const tooDeepOutcome: u32 = Fault.tooDeep;
export const inputSlack: u32 = slack;

export const ValueType_string: u32 = Type.String;
export const ValueType_number: u32 = Type.Number;
export const ValueType_true: u32 = Type.True;
export const ValueType_false: u32 = Type.False;
export const ValueType_null: u32 = Type.Null;
export const ValueType_emptyObject: u32 = Type.EmptyObject;
export const ValueType_emptyArray: u32 = Type.EmptyArray;
