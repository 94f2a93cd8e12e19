/**
 * What Electron's IPC does by structured clone, over a channel that carries text.
 *
 * One function that uses nothing outside itself: its text also runs in the page.
 */
export interface Codec {
  /** @throws where the value cannot be cloned, as Electron does */
  encode(value: unknown): unknown;
  decode(value: unknown): unknown;
}

export function makeCodec(): Codec {
  type Packed = readonly [kind: string, ...rest: unknown[]];
  const arrays: Readonly<Record<string, new (buffer: ArrayBuffer) => unknown>> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };

  function bytesOf(buffer: ArrayBufferLike, offset: number, length: number): string {
    let text = '';
    for (const byte of new Uint8Array(buffer, offset, length)) text += String.fromCharCode(byte);
    return btoa(text);
  }

  function bufferOf(text: string): ArrayBuffer {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  }

  function pack(value: unknown): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : String(value)];
    }
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (Array.isArray(value)) return ['array', value.map(pack)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map(([key, each]) => [pack(key), pack(each)])];
    if (value instanceof Set) return ['set', [...value].map(pack)];
    if (value instanceof Error) return ['error', value.name, value.message, value.stack];
    if (value instanceof ArrayBuffer) return ['buffer', bytesOf(value, 0, value.byteLength)];
    if (ArrayBuffer.isView(value)) {
      const name = Object.keys(arrays).find((each) => Object.prototype.toString.call(value) === `[object ${each}]`);
      return ['view', name, bytesOf(value.buffer, value.byteOffset, value.byteLength)];
    }
    return ['object', Object.entries(value as object).map(([key, each]) => [key, pack(each)])];
  }

  function unpack(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    const [kind, first, second, third] = value as unknown as Packed;
    const pairs = first as readonly (readonly [unknown, unknown])[];
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(first as string);
      case 'array':
        return (first as unknown[]).map(unpack);
      case 'date':
        return new Date(first as number);
      case 'map':
        return new Map(pairs.map(([key, each]) => [unpack(key), unpack(each)]));
      case 'set':
        return new Set((first as unknown[]).map(unpack));
      case 'error':
        return Object.assign(new Error(String(second)), { name: first, stack: third });
      case 'buffer':
        return bufferOf(String(first));
      case 'view': {
        const View = arrays[String(first)];
        return View === undefined ? undefined : new View(bufferOf(String(second)));
      }
      default:
        return Object.fromEntries(pairs.map(([key, each]) => [key, unpack(each)]));
    }
  }

  return { encode: (value) => pack(structuredClone(value)), decode: unpack };
}
