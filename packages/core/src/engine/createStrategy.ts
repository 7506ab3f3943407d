import { BaseError, ConfigError } from '../errors.js'
import { mergeParams } from '../mergeParams.js'
import { nearest } from '../nearest.js'
import type { Strategy, StrategyDefinition } from '../strategy.js'
import { strategyHooks } from '../strategyHooks.js'

/**
 * Makes the strategy of a definition.
 *
 * @throws ConfigError naming the strategy if a parameter is unknown, `create` throws or answers no object, or a hook has a name
 * that no event calls.
 */
// biome-ignore lint/suspicious/noExplicitAny: any strategy will do; its parameters are checked against its own.
export function createStrategy(definition: StrategyDefinition<any>, params: object | undefined): Strategy {
  const merged = mergeParams(definition, params)
  const made = created(definition, merged)
  if (typeof made !== 'object' || made === null) {
    throw new ConfigError(`create of strategy "${definition.name}" answered "${String(made)}", not a strategy.`, {
      code: 'BAD_STRATEGY',
      hints: ['create: (params) => ({ onBar(bar, view) { … } })'],
    })
  }
  checkHooks(definition.name, made)
  return made
}

// biome-ignore lint/suspicious/noExplicitAny: see above.
function created(definition: StrategyDefinition<any>, params: object): unknown {
  try {
    return definition.create(params)
  } catch (error) {
    const known = error instanceof BaseError
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new ConfigError(`Strategy "${definition.name}" could not be created: ${said}`, {
      code: known ? error.code : 'STRATEGY_THREW',
      hints: known ? error.hints : ['The cause of this error holds the place in the strategy.'],
      cause: error,
    })
  }
}

/** A hook with a misspelt name would never be called, and nobody would notice. */
function checkHooks(name: string, strategy: object): asserts strategy is Strategy {
  for (let level = strategy; level !== null && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const key of Object.getOwnPropertyNames(level)) {
      if (!key.startsWith('on') || (strategyHooks as readonly string[]).includes(key)) continue
      if (typeof Object.getOwnPropertyDescriptor(level, key)?.value !== 'function') continue
      const meant = nearest(key, strategyHooks)
      if (meant === undefined && !/^on[A-Z]/.test(key)) continue
      throw new ConfigError(`Strategy "${name}" has the unknown hook "${key}".`, {
        code: 'UNKNOWN_HOOK',
        hints: [meant === undefined ? `Known are ${strategyHooks.join(', ')}.` : `Did you mean "${meant}"?`],
      })
    }
  }
}
