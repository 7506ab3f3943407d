/** Every default of ONNX Runtime here. */
export const onnxDefaults = {
  /** For small networks two threads multiply the slowest answers. */
  threads: 1,
  timeoutMs: 60_000,
  place: 'worker',
} as const
