import { extname } from 'node:path'

/** Where a strategy comes from. */
export interface StrategyReference {
  /** Name of a built-in one, or path of a file, relative to the folder that is worked in. */
  readonly name: string
  /** Export of the file that is meant, where it has several. */
  readonly export?: string | undefined
  /** Trained models of the strategy `ensemble`. */
  readonly models?: readonly ModelReference[] | undefined
}

/** A version of a trained model in a folder of models. */
export interface ModelReference {
  /** Relative to the folder that is worked in. */
  readonly folder: string
  readonly id: string
  readonly address: string
}

/** Endings of files that can hold a strategy. */
export const strategyEndings = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'] as const

/** True if a strategy's name is the path of a file, not that of a built-in one. */
export function isStrategyPath(name: string): boolean {
  return /[\\/]/.test(name) || hasStrategyEnding(name)
}

/** True if a file can hold a strategy, by its name. */
export function hasStrategyEnding(name: string): boolean {
  return (strategyEndings as readonly string[]).includes(extname(name).toLowerCase())
}
