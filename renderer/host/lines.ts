/** The lines of a text as they come; what stands behind the last line break is none yet. */
export async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  // A long line comes in many pieces, each looked through once.
  let pieces: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    let from = 0;
    for (let end = value.indexOf('\n'); end >= 0; end = value.indexOf('\n', from)) {
      yield pieces.join('') + value.slice(from, end);
      pieces = [];
      from = end + 1;
    }
    if (from < value.length) pieces.push(value.slice(from));
  }
}
