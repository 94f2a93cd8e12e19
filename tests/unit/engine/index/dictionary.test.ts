import { describe, expect, it } from 'vitest';
import { Dictionary } from '#engine/index/dictionary';
import { PathTable } from '#engine/index/path-table';
import { ValueType } from '#engine/scan/segment';

const add = (dictionary: Dictionary, path: number, text: string, type: ValueType = ValueType.string): number =>
  dictionary.add(path, type, Buffer.from(text), 0, text.length);

describe('the dictionary', () => {
  it('has a number for each value of a path and type, and gives the same one again', () => {
    const dictionary = new Dictionary(new PathTable());
    const values = [
      add(dictionary, 0, 'a'),
      add(dictionary, 1, 'a'),
      add(dictionary, 0, '1', ValueType.number),
      add(dictionary, 0, '1'),
      add(dictionary, 0, ''),
    ];
    expect(values).toEqual([0, 1, 2, 3, 4]);
    expect([add(dictionary, 1, 'a'), add(dictionary, 0, '1'), dictionary.length]).toEqual([1, 3, 5]);
    expect(values.map((value) => [dictionary.text(value), dictionary.type(value)])).toEqual([
      ['a', ValueType.string],
      ['a', ValueType.string],
      ['1', ValueType.number],
      ['1', ValueType.string],
      ['', ValueType.string],
    ]);
  });

  it('states at least the memory that its values take', () => {
    const dictionary = new Dictionary(new PathTable());
    const count = 20_000;
    let characters = 0;
    for (let at = 0; at < count; at++) {
      const text = `value ${String(at)}`;
      characters += text.length;
      add(dictionary, 0, text);
    }
    // Path, events, previous value, hash and an entry of the hash table, of four bytes each; the type of one.
    expect(dictionary.byteLength).toBeGreaterThan(count * (5 * 4 + 1) + characters);
  });
});
