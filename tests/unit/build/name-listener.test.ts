import { describe, expect, it } from 'vitest';
import { questionOf } from '../../../build/scripts/name-listener.mjs';

/** A DNS question for a name, as a resolver sends it: with an option (EDNS) behind it. */
function question(name: string): Buffer {
  const labels = name.split('.').map((label) => String.fromCharCode(label.length) + label);
  const header = Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  const option = Buffer.from([0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, Buffer.from(`${labels.join('')}\0\0\x01\0\x01`, 'latin1'), option]);
}

describe('the name server of the air gap', () => {
  it('reads the name that is asked for, in small letters, and where the question ends', () => {
    const packet = question('Fetch.example.TEST');
    expect(questionOf(packet)).toEqual({ name: 'fetch.example.test', end: packet.length - 11 });
  });

  it('takes what is no question for malformed', () => {
    for (const packet of [Buffer.alloc(0), Buffer.alloc(13), question('example.test').subarray(0, 20)])
      expect(questionOf(packet)).toBeUndefined();
  });
});
