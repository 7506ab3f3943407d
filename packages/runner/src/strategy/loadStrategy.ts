import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BaseError, ConfigError, nearest, type Strategy, type StrategyDefinition } from '@astertrade/core'
import type { Members } from '@astertrade/core/backtest'
import { missingFile } from '../market/missingFile.js'
import { builtInStrategies } from './builtInStrategies.js'
import { ensembleName, loadEnsemble } from './loadEnsemble.js'
import { strategyModule } from './strategyModule.js'
import { hasStrategyEnding, isStrategyPath, type StrategyReference, strategyEndings } from './strategyReference.js'

/** A strategy ready to run. */
export interface LoadedStrategy {
  // biome-ignore lint/suspicious/noExplicitAny: whatever its parameters are, they are checked against its own.
  readonly definition: StrategyDefinition<any>
  /** Absolute path of its file; undefined for a built-in one. */
  readonly file: string | undefined
  /** SHA-256 of that file. What it imports is not in it. */
  readonly digest: string | undefined
  /** What its models did in the run so far; absent for a strategy that does not tell. */
  readonly members?: () => readonly Members[]
}

/**
 * Finds a strategy by name, or loads it from a `.ts`, `.js` or `.mjs` file: its default export, or the export that looks like a
 * strategy.
 *
 * @param folder - Folder that relative paths start from.
 * @throws ConfigError `UNKNOWN_STRATEGY`, `NO_FILE`, `BAD_STRATEGY_FILE` if the file cannot be run, `NO_STRATEGY` if it exports none
 * or one without a name, `UNKNOWN_MODEL` or `ARTIFACT` if a model of the ensemble is missing or damaged,
 * `SEVERAL_STRATEGIES` if it exports more than one and none is named.
 * @example
 * const { definition } = await loadStrategy({ name: 'sma-cross' }, process.cwd())
 */
export async function loadStrategy(reference: StrategyReference, folder: string): Promise<LoadedStrategy> {
  if (reference.name === ensembleName && reference.export === undefined) return loadEnsemble(reference.models, folder)
  if (reference.models !== undefined) throw modelsOfOther(reference)
  const builtIn = builtInStrategies.find(({ name }) => name === reference.name)
  if (builtIn) {
    if (reference.export !== undefined) throw exportOfBuiltIn(reference)
    return { definition: builtIn, file: undefined, digest: undefined }
  }
  if (!isStrategyPath(reference.name)) throw unknownStrategy(reference.name)
  const file = resolve(folder, reference.name)
  const digest = createHash('sha256').update(readStrategyFile(file, reference.name)).digest('hex')
  const exports = await strategyModule(file, digest).catch((cause: unknown) =>
    Promise.reject(unusable(reference.name, cause)),
  )
  const definition = pick(exports, reference)
  if (definition.name.trim() === '') throw nameless(reference.name)
  return {
    definition: { ...definition, create: (params) => createSafely(definition, params) },
    file,
    digest,
  }
}

function unknownStrategy(name: string): ConfigError {
  const known = builtInStrategies.map((strategy) => strategy.name)
  const guess = nearest(name, known)
  return new ConfigError(`There is no strategy "${name}".`, {
    code: 'UNKNOWN_STRATEGY',
    hints: [
      ...(guess ? [`Did you mean "${guess}"?`] : []),
      `Built in: ${known.join(', ')}. Or the path of a file: ./my-strategy.ts, .js or .mjs.`,
    ],
  })
}

function modelsOfOther({ name }: StrategyReference): ConfigError {
  return new ConfigError(`Strategy "${name}" takes no trained models.`, {
    code: 'BAD_PARAMETER',
    hints: [`Leave --model out, or run the strategy ${ensembleName}.`],
  })
}

function nameless(file: string): ConfigError {
  return new ConfigError(`The strategy of file "${file}" has an empty name.`, {
    code: 'NO_STRATEGY',
    hints: ["Give it one, as in defineStrategy({ name: 'mine', … }): reports and order ids carry it."],
  })
}

function exportOfBuiltIn({ name, export: wanted }: StrategyReference): ConfigError {
  return new ConfigError(`Strategy "${name}" is built in, so there is no export "${wanted}" to choose.`, {
    code: 'BAD_PARAMETER',
    hints: [`Leave --export out, or write the path of a file, such as ./${name}.ts.`],
  })
}

function readStrategyFile(file: string, name: string): Uint8Array {
  if (!hasStrategyEnding(name)) {
    throw new ConfigError(`Strategy file "${name}" is no program.`, {
      code: 'NO_STRATEGY',
      hints: [`Its name has to end in one of ${strategyEndings.join(', ')}.`],
    })
  }
  try {
    return readFileSync(file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw missingFile(name, file, 'Strategy file')
    throw unusable(name, cause)
  }
}

function unusable(name: string, cause: unknown): ConfigError {
  const said = cause instanceof Error ? cause.message : String(cause)
  const [first = '', ...more] = said.split('\n').map((line) => line.trim())
  return new ConfigError(`Strategy file "${name}" cannot be loaded: ${first}`, {
    code: 'BAD_STRATEGY_FILE',
    hints: more.filter((line) => line !== '').slice(0, 2),
    cause,
  })
}

type Definition = LoadedStrategy['definition']

function pick(exports: Readonly<Record<string, unknown>>, { name, export: wanted }: StrategyReference): Definition {
  if (wanted !== undefined) {
    const chosen = exports[wanted]
    if (isStrategy(chosen)) return chosen
    throw noStrategy(`Strategy file "${name}" has no strategy "${wanted}".`, Object.keys(exports), wanted)
  }
  // A strategy that is the default export and has a name as well counts once.
  const found = new Map<Definition, string>()
  for (const [key, value] of Object.entries(exports)) if (isStrategy(value)) found.set(value, key)
  const [only] = found.keys()
  if (only === undefined) throw noStrategy(`Strategy file "${name}" exports no strategy.`, Object.keys(exports))
  if (found.size === 1) return only
  const keys = [...found.values()].sort()
  throw new ConfigError(`Strategy file "${name}" exports ${keys.length} strategies: ${keys.join(', ')}.`, {
    code: 'SEVERAL_STRATEGIES',
    hints: [`Choose one: --export ${keys.find((key) => key !== 'default')}.`],
  })
}

function noStrategy(message: string, names: readonly string[], wanted?: string): ConfigError {
  const guess = wanted === undefined ? undefined : nearest(wanted, names)
  return new ConfigError(message, {
    code: 'NO_STRATEGY',
    hints: [
      ...(guess ? [`Did you mean "${guess}"?`] : []),
      names.length > 0 ? `It exports ${[...names].sort().join(', ')}.` : 'It exports nothing.',
      "A strategy is export const mine = defineStrategy({ name: 'mine', params: {}, create: (params) => ({ onBar(bar) { … } }) })",
    ],
  })
}

function isStrategy(value: unknown): value is Definition {
  if (typeof value !== 'object' || value === null) return false
  const { name, params, create } = value as Readonly<Record<string, unknown>>
  return typeof name === 'string' && typeof params === 'object' && params !== null && typeof create === 'function'
}

/** A failure while a strategy is made is the strategy's, not the engine's. */
function createSafely(definition: Definition, params: unknown): Strategy {
  const strategy = attempt(definition, params)
  if (typeof strategy === 'object' && strategy !== null) return strategy
  throw new ConfigError(`create of strategy "${definition.name}" returned ${JSON.stringify(strategy)}.`, {
    code: 'NO_STRATEGY',
    hints: ['It returns an object of hooks: create: (params) => ({ onBar(bar) { … } })'],
  })
}

function attempt(definition: Definition, params: unknown): Strategy | undefined {
  try {
    return definition.create(params)
  } catch (cause) {
    if (cause instanceof BaseError) throw cause
    throw new ConfigError(
      `Strategy "${definition.name}" failed when it was made: ${(cause as Error)?.message ?? cause}`,
      {
        code: 'STRATEGY_THREW',
        cause,
      },
    )
  }
}
