/** What TypeScript knows of the scanner's memory and numbers, against the scanner's own program. */
import { expect, it } from 'vitest';
import layoutBase64 from '../../../../shared/engine/scan/kernel/layout.ts?wasm-base64';
import * as layout from '#engine/scan/kernel-layout';
import { ScanOutcome } from '#engine/scan/scan-kernel';
import { ValueType } from '#engine/scan/segment';

const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(layoutBase64, 'base64')), {
  env: { abort: () => undefined },
});
const own = new Map(
  Object.entries(exports).flatMap(([name, value]) =>
    value instanceof WebAssembly.Global ? [[name, Number(value.value)] as const] : [],
  ),
);
// Derived values are numbered behind those that the scanner knows.
const { derived: _, ...scanned } = ValueType;
const { inputSlack, tooDeep, ...entries } = layout;
const groups: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ...entries,
  ScanOutcome,
  ValueType: scanned,
};
const known = new Map([
  ...Object.entries(groups).flatMap(([group, numbers]) =>
    Object.entries(numbers).map(([name, number]) => [`${group}_${name}`, number] as const),
  ),
  ['inputSlack', inputSlack] as const,
  ['tooDeepOutcome', tooDeep] as const,
]);

it('the layout of the memory, the outcomes and the types of values are those of the scanner', () => {
  expect(known.size).toBeGreaterThan(30);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(own));
});
