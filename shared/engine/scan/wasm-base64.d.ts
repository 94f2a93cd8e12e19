/** A program compiled to WebAssembly by the build, as base64. See `build/vite-assemblyscript.ts`. */
declare module '*?wasm-base64' {
  const base64: string;
  export default base64;
}
