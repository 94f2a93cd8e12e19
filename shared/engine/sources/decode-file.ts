/**
 * The texts in a file, recognised by content: gzip, zip, tar, any of them within others, or plain. Small files and members come whole, large ones
 * piece by piece, so that memory does not grow with a file's length.
 */
import { closeSync } from 'node:fs';
import type { ImportLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { Decoding, Scratch } from './decoding';
import type { FileSink } from './file-sink';
import type { ListedFile } from './listed-file';
import { openEvidence, type OpenEvidence } from './open-evidence';
import { unreadable } from './problems';
import { unpackLimits, type UnpackLimits } from './unpack-limits';

/** Reused from file to file; one decoder per thread. */
export class FileDecoder {
  private readonly limits: UnpackLimits;
  private readonly scratch = new Scratch();

  /** @param ratioFromBytes the ratio limit applies from this many unpacked bytes on; tests set it lower */
  constructor(limits: ImportLimits, ratioFromBytes?: number) {
    this.limits = unpackLimits(limits, ratioFromBytes);
  }

  /** Decodes one file. Problems are reported to the sink; everything readable is read. */
  async decode(file: ListedFile, sink: FileSink): Promise<void> {
    const failed = (problem: FileProblem): void => {
      sink.end(null, { recognisedAs: null, packedBytes: file.packedBytes, problems: [problem] });
    };
    let opened: OpenEvidence;
    try {
      opened = openEvidence(file.path);
    } catch (thrown) {
      failed(unreadable(thrown));
      return;
    }
    const { descriptor, state } = opened;
    try {
      await new Decoding(this.limits, file, { descriptor, size: state.size }, sink, this.scratch).run();
    } finally {
      closeSync(descriptor);
    }
  }
}
