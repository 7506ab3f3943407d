import { ConfigError } from '@astertrade/core'

/** The error for what ONNX Runtime could not do; its code is `BACKEND`. */
export function backendError(
  reason: string,
  hint = 'Take another backend of the chain; wasm and js work everywhere.',
): ConfigError {
  return new ConfigError(`ONNX Runtime: ${reason}.`, {
    code: 'BACKEND',
    hints: [hint],
    docsPath: 'docs/models/backends.md',
  })
}
