/** The part of the WebAssembly interface used here; the zone has no types of browsers or of Node. */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** What grows and holds the numbers of an instance. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** The engine's WebAssembly, or nothing where it has none. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly
