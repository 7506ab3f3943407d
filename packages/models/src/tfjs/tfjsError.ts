import { ConfigError } from '@astertrade/core'

/** The error for what TensorFlow.js could not do; its code is `BACKEND`. */
export function tfjsError(problem: string, hints: readonly string[] = []): ConfigError {
  return new ConfigError(`TensorFlow.js: ${problem}.`, { code: 'BACKEND', hints, docsPath: 'docs/models/backends.md' })
}
