/** A name server that knows no name, and notes which it was asked for. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';

/** The header of a DNS message; the question follows it. RFC 1035, 4.1. */
const headerBytes = 12;
/** An answer, to a recursive question: there is no such name. */
const noSuchName = 0x8183;

/**
 * Listens on 127.0.0.1:53, which takes the rights of root. Ends with the process.
 *
 * @param {string} file takes one line for each packet: the name in it, or `malformed`
 */
export async function listenForNames(file) {
  const socket = createSocket('udp4');
  socket.on('message', (packet, from) => {
    const question = questionOf(packet);
    appendFileSync(file, `${question?.name ?? 'malformed'}\n`);
    if (question === undefined) return;
    // Header and question only: what follows them in the packet is not counted by the answer's header.
    const answer = Buffer.from(packet.subarray(0, question.end));
    answer.writeUInt16BE(noSuchName, 2);
    answer.fill(0, 6, headerBytes);
    socket.send(answer, from.port, from.address);
  });
  socket.bind(53, '127.0.0.1');
  await once(socket, 'listening');
  socket.unref();
}

/**
 * @param {Buffer} packet
 * @returns {{ name: string, end: number } | undefined} of the first question; undefined where the packet has none
 */
export function questionOf(packet) {
  const labels = [];
  let at = headerBytes;
  for (;;) {
    const length = packet[at];
    if (length === undefined || length > 63) return undefined;
    at++;
    if (length === 0) break;
    labels.push(packet.toString('latin1', at, at + length));
    at += length;
  }
  // Type and class.
  const end = at + 4;
  return labels.length === 0 || end > packet.length ? undefined : { name: labels.join('.').toLowerCase(), end };
}
