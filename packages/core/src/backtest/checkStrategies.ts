import { ConfigError } from '../errors.js'
import { quoted } from '../quoted.js'

/**
 * Checks that an option holds a strategy, or a list of strategies with their shares.
 *
 * @throws ConfigError with code `BAD_STRATEGY` that says what is given and what it lacks.
 */
export function checkStrategies(given: unknown): void {
  if (!Array.isArray(given)) {
    checkDefinition(given)
    return
  }
  for (const entry of given as readonly ({ readonly strategy?: unknown } | null | undefined)[]) {
    if (entry?.strategy === undefined) throw noStrategy(entry)
    checkDefinition(entry.strategy)
  }
}

function checkDefinition(given: unknown): void {
  if (typeof given !== 'object' || given === null) throw noStrategy(given)
  const { name, params, create } = given as {
    readonly name?: unknown
    readonly params?: unknown
    readonly create?: unknown
  }
  if (typeof create !== 'function') throw noStrategy(given)
  if (typeof name !== 'string' || name === '')
    throw lacks('A strategy has no name.', "name: 'my-strategy' enters the result hash.")
  if (typeof params !== 'object' || params === null)
    throw lacks(`Strategy "${name}" has no params.`, 'params: {} where it takes none.')
}

function lacks(message: string, hint: string): ConfigError {
  return new ConfigError(message, { code: 'BAD_STRATEGY', hints: [hint] })
}

function noStrategy(given: unknown): ConfigError {
  return new ConfigError(`${quoted(given)} is no strategy.`, {
    code: 'BAD_STRATEGY',
    hints: [
      "defineStrategy({ name: 'hold', params: {}, create: () => ({ onBar: (bar) => target(bar.instrument, 1) }) })",
      'Several share the account: [{ strategy, allocation: 0.5 }, …].',
    ],
  })
}
