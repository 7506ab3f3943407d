import { ConfigError } from '@astertrade/core'
import { pairedTest } from '../evaluate/pairedTest.js'
import { ewmaForecaster } from './ewmaForecaster.js'
import { ewmaLambda } from './ewmaVariance.js'
import { garchForecaster } from './garchForecaster.js'
import { harForecaster } from './harForecaster.js'
import { impliedForecaster } from './impliedForecaster.js'
import { qlike } from './qlike.js'
import type { VarianceForecaster } from './varianceForecaster.js'
import type { VolatilityMethod } from './volatility.js'

/** What `selectVolatility` takes; columns have one entry per bar. */
export interface SelectVolatilityOptions {
  /** Log returns. */
  readonly returns: Float64Array
  /** Realised variances, such as those of `rangeVariance`; without them `har` reads squared returns. */
  readonly realised?: Float64Array
  /** Implied variance per bar as it was known at the close of each bar; brings `implied` into the comparison. */
  readonly implied?: Float64Array
  /** Bars before the first forecast that is scored, at least 100 (default 500). */
  readonly warmup?: number
  /** As in `volatility` (default 1000, 250 and 0.94). */
  readonly window?: number
  readonly refitEvery?: number
  readonly lambda?: number
  /** Chance of choosing anything but the average where nothing is better, shared between the candidates (default 0.05). */
  readonly level?: number
  /** Hears of each bar, from 0 on, before it is learnt from; what it throws ends the comparison. */
  readonly onBar?: (bar: number) => void
}

/** How one method did out of sample. */
export interface VolatilityCandidate {
  readonly method: VolatilityMethod
  /** Mean quasi-likelihood loss of its forecasts of the squared returns; smaller is better. */
  readonly loss: number
  /** How much smaller than that of the exponential average; negative where it is larger. */
  readonly gain: number
  /** Chance of so large a gain where the method is no better, one-sided, by Diebold and Mariano; 1 for the average itself. */
  readonly pValue: number
}

/** Which method to take, and why. */
export interface VolatilitySelection {
  readonly rows: number
  /** Best first. */
  readonly candidates: readonly VolatilityCandidate[]
  readonly chosen: VolatilityMethod
}

const defaults = { warmup: 500, window: 1000, refitEvery: 250, lambda: ewmaLambda, level: 0.05 } as const

/**
 * Chooses a method by its losses out of sample: every forecast is made from the bars before it alone, and fits are renewed on the
 * way as they would be in service.
 *
 * The exponential average is chosen unless a method beats it by the test of Diebold and Mariano, at a level divided by the number
 * of methods that try. A better fit in sample counts for nothing.
 *
 * @throws ConfigError `BAD_COLUMNS` if columns differ in length or hold what is no number, `BAD_PARAMETER` if an option is out of range,
 * `NO_ROWS` if nothing is left to score.
 * @example
 * const { chosen, candidates } = selectVolatility({ returns, realised })
 */
export function selectVolatility(options: SelectVolatilityOptions): VolatilitySelection {
  const { warmup, level, ...settings } = { ...defaults, ...options }
  checkColumns(options, warmup)
  if (!(level > 0 && level < 0.5)) {
    throw new ConfigError(`level "${level}" of selectVolatility is not between 0 and 0.5.`, {
      code: 'BAD_PARAMETER',
      hints: ['A chance, such as 0.05.'],
    })
  }
  const forecasters = forecastersOf(settings)
  const { rows, squares, forecasts } = walk(settings, forecasters, warmup)
  const losses = forecasts.map((column) => qlike(squares, column))
  const base = losses[0]!
  const candidates = forecasters.map(({ method }, index): VolatilityCandidate => {
    const candidate = losses[index]!
    const { gain, pValue } = index === 0 ? { gain: 0, pValue: 1 } : pairedTest({ candidate, incumbent: base })
    return { method, loss: candidate.reduce((sum, loss) => sum + loss, 0) / rows, gain, pValue }
  })
  const ranked = candidates.toSorted((a, b) => a.loss - b.loss)
  const better = ranked.find(({ pValue }) => pValue < level / (candidates.length - 1))
  return { rows, candidates: ranked, chosen: better?.method ?? 'ewma' }
}

type Settings = Omit<SelectVolatilityOptions, 'warmup' | 'level'> & {
  readonly window: number
  readonly refitEvery: number
  readonly lambda: number
}

interface Entry {
  readonly method: VolatilityMethod
  readonly forecaster: VarianceForecaster
}

/** The average first. */
function forecastersOf({ window, refitEvery, lambda, implied }: Settings): Entry[] {
  const refit = { window, refitEvery, lambda }
  const own: Entry[] = [
    { method: 'ewma', forecaster: ewmaForecaster(lambda) },
    { method: 'garch', forecaster: garchForecaster({ kind: 'garch', ...refit }) },
    { method: 'gjr', forecaster: garchForecaster({ kind: 'gjr', ...refit }) },
    { method: 'har', forecaster: harForecaster(refit) },
  ]
  return implied === undefined ? own : [...own, { method: 'implied', forecaster: impliedForecaster(window) }]
}

interface Walk {
  readonly rows: number
  readonly squares: Float64Array
  readonly forecasts: readonly Float64Array[]
}

/** Forecasts each bar from those before it; bars for which any method has none are left out for all. */
function walk({ returns, realised, implied, onBar }: Settings, entries: readonly Entry[], warmup: number): Walk {
  const squares = new Float64Array(returns.length)
  const forecasts = entries.map(() => new Float64Array(returns.length))
  let rows = 0
  for (let at = 0; at < returns.length; at++) {
    onBar?.(at)
    const change = returns[at]!
    const square = change * change
    const ahead = entries.map(({ forecaster }) => forecaster.forecast())
    if (at >= warmup && ahead.every((variance) => variance > 0)) {
      squares[rows] = square
      for (const [index, variance] of ahead.entries()) forecasts[index]![rows] = variance
      rows++
    }
    const observation = {
      change,
      realised: realised?.[at] ?? square,
      impliedBefore: implied?.[at - 1] ?? Number.NaN,
      implied: implied?.[at] ?? Number.NaN,
    }
    for (const { forecaster } of entries) forecaster.learn(observation)
  }
  if (rows < 10) {
    throw new ConfigError(`Of ${returns.length} bars ${rows} are left to compare forecasts on.`, {
      code: 'NO_ROWS',
      hints: [`Give more than ${warmup + 10} bars whose prices move, or a smaller warmup.`],
    })
  }
  return { rows, squares: squares.subarray(0, rows), forecasts: forecasts.map((column) => column.subarray(0, rows)) }
}

function checkColumns({ returns, realised, implied }: SelectVolatilityOptions, warmup: number): void {
  const isWarm = Number.isInteger(warmup) && warmup >= 100
  if (!isWarm) throw new ConfigError(`warmup "${warmup}" is no whole number from 100.`, { code: 'BAD_PARAMETER' })
  for (const [column, values] of Object.entries({ returns, realised, implied })) {
    if (values === undefined) continue
    const bad = values.findIndex((value) => !Number.isFinite(value) || (column !== 'returns' && value < 0))
    if (values.length === returns.length && bad === -1) continue
    const what = bad === -1 ? `${values.length} entries for ${returns.length} returns` : `"${values[bad]}" at ${bad}`
    throw new ConfigError(`The column ${column} has ${what}.`, {
      code: 'BAD_COLUMNS',
      hints: ['Columns are as long as the returns; variances are numbers from 0.'],
    })
  }
}
