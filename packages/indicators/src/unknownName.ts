import { ConfigError, nearest } from '@astertrade/core'

/** The error for an option or an output that an indicator does not have. */
export function unknownName(
  what: 'Option' | 'Output',
  indicator: string,
  name: string,
  known: readonly string[],
): ConfigError {
  const meant = nearest(String(name), known)
  const all = `${indicator} ${what === 'Option' ? 'takes' : 'has'} ${known.join(', ')}.`
  return new ConfigError(`${what} "${name}" of ${indicator} is unknown.`, {
    code: `UNKNOWN_${what.toUpperCase()}`,
    hints: meant === undefined ? [all] : [`Did you mean "${meant}"?`, all],
  })
}
