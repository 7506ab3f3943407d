import { ConfigError } from './errors.js'
import { nearest } from './nearest.js'
import type { StrategyDefinition } from './strategy.js'

/**
 * A strategy's parameters with changes applied.
 *
 * @throws ConfigError if a change names no parameter of the strategy, or has another type than the default.
 */
export function mergeParams<Params extends object>(strategy: StrategyDefinition<Params>, changes: object = {}): Params {
  const known = Object.keys(strategy.params)
  for (const [key, value] of Object.entries(changes)) {
    const like = strategy.params[key as keyof Params]
    if (!known.includes(key)) {
      const guess = nearest(key, known)
      throw new ConfigError(`Strategy "${strategy.name}" has no parameter "${key}".`, {
        code: 'UNKNOWN_PARAMETER',
        hints: [guess ? `Did you mean "${guess}"?` : '', `Parameters: ${known.join(', ') || 'none'}.`].filter(
          (hint) => hint !== '',
        ),
      })
    }
    if (typeof value !== typeof like || (typeof value === 'number' && !Number.isFinite(value))) {
      throw new ConfigError(
        `Parameter "${key}" of strategy "${strategy.name}" is ${JSON.stringify(value)}, not a ${typeof like}.`,
        {
          code: 'BAD_PARAMETER',
          hints: [`The default is ${JSON.stringify(like)}.`],
        },
      )
    }
  }
  return { ...strategy.params, ...changes }
}
