import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalsOfRange, parseRange } from '#core/query/address';
import { createFieldLookup } from '#core/query/field-lookup';
import { fieldType } from '#core/fields';
import { compileTest, shortServiceName, type LeafKind } from '#core/query/match';
import { parseQuery } from '#core/query/parse';
import { compileWildcard } from '#core/query/wildcard';

const fields = createFieldLookup(['x', 'eventSource']);

/** Whether a value passes the one field test a query is. */
function passes(query: string, text: string, kind: LeafKind = 'text'): boolean {
  const parsed = parseQuery(query, fields);
  if (!parsed.ok) throw parsed.error;
  if (parsed.value.kind !== 'field') throw new Error(`${query} is no field test`);
  return compileTest(parsed.value.test, fieldType(parsed.value.field))(text, kind);
}

describe('a field test', () => {
  it.each([
    ['x:Abc', 'aBC'],
    ['x:"a*"', 'A*'],
    ['service:s3', 's3.amazonaws.com'],
    ['service:S3.Amazonaws.com', 's3.amazonaws.com'],
    ['eventSource:s3', 's3.amazonaws.com'],
    ['service:*3', 's3.amazonaws.com'],
    ['x:get*', 'GetObject'],
    ['x:*obj?ct', 'GetObject'],
    ['x:a\\*b*', 'A*bc'],
    ['x:?', '😀'],
    ['x:/^Get/', 'GetObject'],
    ['x:/^get/i', 'GetObject'],
    ['x:*', ''],
    ['x>100', '100.01'],
    ['x>=100', '1.0e2'],
    ['x<9007199254740993', '9007199254740992'],
    ['x>-2', '-1.5'],
    ['x<=0', '-0.0'],
    ['time>=2023-07-10T12:00Z', '2023-07-10T14:00:00+02:00'],
    ['time<=2023-07-10', '2023-07-10T23:59:59Z'],
    ['time<=2023-07-10T12:00:00Z', '2023-07-10T12:00:00Z'],
    ['time>2023-07-10', '2023-07-11T00:00:00Z'],
    ['time>2023', '2024-01-01T00:00:00Z'],
    ['time<=2023', '2023-12-31T23:59:59Z'],
    ['time>=2023-12', '2023-12-01T00:00:00Z'],
    ['time<=2023-02', '2023-02-28T23:59:59Z'],
    ['x>2023', '2024'],
    ['ip:10.0.0.0/8', '10.255.0.1'],
    ['ip:10.0.0.0/8', '::ffff:10.1.2.3'],
    ['ip:0.0.0.0/0', '255.255.255.255'],
    ['ip:10.1.2.3/32', '10.1.2.3'],
    ['ip:2001:db8::/33', '2001:DB8:7fff::1'],
    ['ip:::/0', '2001:db8::1'],
    ['ip:::ffff:10.0.0.0/104', '10.1.2.3'],
    ['ip:10.0.0.0/8', '10.1.2.3, 203.0.113.7'],
    ['ip:203.0.113.0/24', '10.1.2.3,203.0.113.7'],
    ['ip:203.0.113.0/24', 'unknown 10.1.2.3 203.0.113.7'],
    ['ip:2001:db8::/32', '10.1.2.3, 2001:db8::1'],
  ])('%s lets %s through', (query, text) => {
    expect(passes(query, text)).toBe(true);
  });

  it.each([
    ['x:Abc', 'abcd'],
    ['x:"a*"', 'ab'],
    ['x:s3', 's3.amazonaws.com'],
    ['x:get*', 'forget'],
    ['x:/^get/', 'GetObject'],
    ['x>100', '100.00'],
    ['x>100', 'abc'],
    ['x>100', ''],
    ['x>100', '2023-07-10T12:00:00Z'],
    ['x<9007199254740993', '9007199254740993.0'],
    ['time<2023-07-10', '2023-07-10T00:00:00Z'],
    ['time>2023-07-10', '2023-07-10T23:59:59Z'],
    ['time>2023-07-10', '5'],
    ['time>2023', '2024'],
    ['time>2023', '2023-12-31T23:59:59Z'],
    ['time<2023-12', '2023-12-01T00:00:00Z'],
    ['time>2023-07-10', 'not a time'],
    ['ip:10.0.0.0/8', '11.0.0.1'],
    ['ip:10.0.0.0/8', 'cloudtrail.amazonaws.com'],
    ['ip:10.0.0.0/8', '10.0.0.01'],
    ['ip:10.0.0.0/8', '192.0.2.1, 203.0.113.7'],
    ['ip:10.0.0.0/8', 'AWS Internal'],
    ['ip:::/0', '10.0.0.1'],
    ['ip:2001:db8::/33', '2001:db8:8000::'],
    ['ip:2001:db8::/33', '2001:db8'],
  ])('%s does not let %s through', (query, text) => {
    expect(passes(query, text)).toBe(false);
  });

  it('takes null for its word, and an empty object or array for nothing but existing', () => {
    expect([passes('x:null', 'null', 'null'), passes('x:*', 'null', 'null')]).toEqual([true, false]);
    expect([passes('x:""', '', 'empty'), passes('x:*', '', 'empty'), passes('x:/^/', '', 'empty')]).toEqual([
      false,
      true,
      false,
    ]);
    expect(passes('x:""', '')).toBe(true);
  });

  it('compares whole numbers of any length like BigInt', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(3), (one, other, zeros) => {
        const text = `${one}.${'0'.repeat(zeros + 1)}`;
        expect(passes(`x>"${other}"`, text)).toBe(one > other);
        expect(passes(`x<="${other}"`, `${one}e0`)).toBe(one <= other);
      }),
    );
  });

  it('compares doubles like numbers', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(double, double, (one, other) => {
        expect(passes(`x<"${other}"`, String(one))).toBe(one < other);
      }),
    );
  });

  it('names texts of which every address of a range holds one', () => {
    const networks = ['10.0.0.0/8', '10.1.2.0/24', '10.1.2.3/32', '172.16.0.0/12', '0.0.0.0/4', '2001:db8::/32'];
    const addresses = [
      '10.1.2.3',
      '::ffff:10.1.2.3',
      '0:0:0:0:0:FFFF:0a01:0203',
      '172.31.0.1',
      '2001:0DB8::5',
      '1.2.3.4',
    ];
    for (const network of [...networks, 'db8::/16', '::/0', '::ffff:0:0/96', 'fe80::/10']) {
      const range = parseRange(network);
      for (const address of [...addresses, '0db8::1', 'FE80::1', '::1'].filter(
        (text) => range.ok && range.value(text),
      )) {
        const holds = literalsOfRange(network).some((literal) => address.toLowerCase().includes(literal));
        expect([network, address, holds]).toEqual([network, address, true]);
      }
    }
  });

  it('knows for any address which ranges it lies in', () => {
    const octet = fc.nat(255);
    const address = fc.tuple(octet, octet, octet, octet);
    fc.assert(
      fc.property(address, address, fc.nat(32), (one, other, prefix) => {
        const bits = (octets: readonly number[]): string =>
          octets
            .map((value) => value.toString(2).padStart(8, '0'))
            .join('')
            .slice(0, prefix);
        const near = one.map((value, index) => (index * 8 < prefix ? value : (other[index] ?? 0)));
        for (const text of [other, near]) {
          expect(passes(`ip:${one.join('.')}/${prefix}`, text.join('.'))).toBe(bits(one) === bits(text));
        }
      }),
    );
  });

  it('reads an IPv6 address however it is shortened', () => {
    const group = fc.constantFrom(0, 0, 1, 0xffff, 0xabc);
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(7), fc.nat(8), (groups, start, length) => {
        const hex = groups.map((value) => value.toString(16));
        const zeros = groups.slice(start, start + length);
        const isRun = zeros.length > 0 && zeros.every((value) => value === 0);
        const short = `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
        expect(passes(`ip:${hex.join(':')}/128`, isRun ? short : hex.join(':').toUpperCase())).toBe(true);
        expect(passes(`ip:${hex.join(':')}/128`, [...hex.slice(0, 7), 'fffe'].join(':'))).toBe(false);
      }),
    );
  });
});

describe('a wildcard', () => {
  it('matches like the regular expression it stands for', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '\\*', '\\?', '\\\\', '\\');
    const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\', '😀', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (written, value) => {
        const source = written.replace(/\\[*?\\]|[^]/g, (part) => {
          if (part === '*') return '[^]*';
          if (part === '?') return '[^]';
          return `\\u{${(part.at(-1) ?? '').charCodeAt(0).toString(16)}}`;
        });
        expect(compileWildcard(written)(value)).toBe(new RegExp(`^(?:${source})$`, 'u').test(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no more than a moment for a pattern that would hang a regular expression', () => {
    expect(compileWildcard('*a'.repeat(50) + 'b')('a'.repeat(10_000))).toBe(false);
  });
});

describe('a short service name', () => {
  it('drops the domain and nothing else', () => {
    expect(['s3.amazonaws.com', 'sts.amazonaws.com.cn', 'x'].map(shortServiceName)).toEqual([
      's3',
      'sts.amazonaws.com.cn',
      'x',
    ]);
  });
});
