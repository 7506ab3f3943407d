import type { ConfigError } from '@astertrade/core'
import { unknownName } from './unknownName.js'

/** The error for an output that an indicator does not have. */
export function unknownOutput(indicator: string, name: string, known: readonly string[]): ConfigError {
  return unknownName('Output', indicator, name, known)
}
