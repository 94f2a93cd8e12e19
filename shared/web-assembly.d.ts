/** As much of WebAssembly as the engine uses: Node has it, but its types leave it to the DOM's, which the engine may not see. */
declare namespace WebAssembly {
  class Module {
    constructor(program: Uint8Array);
  }

  interface Memory {
    /** Another one after every growth; views of the old one are then empty. */
    readonly buffer: ArrayBuffer;
    /** By so many pages of 64 KB, zeroed. Throws a RangeError where the system has no more. */
    grow(pages: number): number;
  }

  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
