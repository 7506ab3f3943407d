import { ConfigError } from '@astertrade/core'

/**
 * The error for an option or an output that an indicator does not have.
 *
 * All are listed, and the first that starts as the unknown one does is named; `nearest` of core knows better, and would be a
 * twentieth of what an indicator may take in a bundle.
 */
export function unknownName(
  what: 'Option' | 'Output',
  indicator: string,
  name: string,
  known: readonly string[],
): ConfigError {
  const start = String(name).slice(0, 2).toLowerCase()
  const meant = known.find((other) => other.startsWith(start))
  const all = `${indicator} ${what === 'Option' ? 'takes' : 'has'} ${known.join(', ')}.`
  return new ConfigError(`${what} "${name}" of ${indicator} is unknown.`, {
    code: `UNKNOWN_${what.toUpperCase()}`,
    hints: meant === undefined ? [all] : [`Did you mean "${meant}"?`, all],
  })
}
