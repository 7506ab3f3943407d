import { ConfigError, nearest } from '@astertrade/core'

/** The error for an output that an indicator does not have. */
export function unknownOutput(indicator: string, name: string, known: readonly string[]): ConfigError {
  const meant = nearest(String(name), known)
  const all = `Its outputs are ${known.join(', ')}.`
  return new ConfigError(`Output "${name}" of ${indicator} is unknown.`, {
    code: 'UNKNOWN_OUTPUT',
    hints: meant === undefined ? [all] : [`Did you mean "${meant}"?`, all],
  })
}
