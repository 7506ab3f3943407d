import { ConfigError } from '@astertrade/core'
import { checkSymmetric, type SquareMatrix } from '../measures/squareMatrix.js'

/** A covariance and whose it is. */
export interface CovarianceOf {
  /** Different names, in the order of the rows. */
  readonly instruments: readonly string[]
  readonly covariance: SquareMatrix
}

/** An instrument without weight, and why. */
export interface ExcludedInstrument {
  readonly instrument: string
  readonly code: 'ZERO_VARIANCE'
}

/** Shares of a portfolio, from 0 to 1, that add up to 1. */
export interface PortfolioWeights {
  readonly kind: 'weights'
  readonly instruments: readonly string[]
  /** In the order of `instruments`; 0 for an excluded one. */
  readonly weights: readonly number[]
  readonly excluded: readonly ExcludedInstrument[]
  /** `FALLBACK` where inverse volatility stands in for equal risk that was not reached. */
  readonly notes: readonly 'FALLBACK'[]
}

/** The places of instruments that move, and the excluded ones. */
export interface WeightedUniverse {
  readonly moving: readonly number[]
  readonly excluded: readonly ExcludedInstrument[]
}

/**
 * Splits instruments into those with variance and those without, which get no weight.
 *
 * @throws ConfigError `BAD_MATRIX` for a covariance that is none or has a negative variance, `LENGTH_MISMATCH` if it
 * has not a row for each instrument, `DUPLICATE_INSTRUMENT` for a name that comes twice.
 */
export function weightedUniverse({ instruments, covariance }: CovarianceOf): WeightedUniverse {
  const { size, values } = checkSymmetric(covariance)
  if (instruments.length !== size) {
    throw new ConfigError(`A covariance of size ${size} does not fit ${instruments.length} instruments.`, {
      code: 'LENGTH_MISMATCH',
    })
  }
  const twice = instruments.find((instrument, index) => instruments.indexOf(instrument) !== index)
  if (twice !== undefined) {
    throw new ConfigError(`Instrument ${twice} comes twice.`, { code: 'DUPLICATE_INSTRUMENT' })
  }
  const places = instruments.map((_, index) => index)
  const negative = places.find((index) => values[index * size + index]! < 0)
  if (negative !== undefined) {
    throw new ConfigError(`The variance of ${instruments[negative]} is negative.`, { code: 'BAD_MATRIX' })
  }
  const moves = (index: number): boolean => values[index * size + index]! > 0
  return {
    moving: places.filter(moves),
    excluded: places
      .filter((index) => !moves(index))
      .map((index) => ({ instrument: instruments[index]!, code: 'ZERO_VARIANCE' })),
  }
}

/** Scales amounts, one per moving instrument, to weights that add up to 1. */
export function portfolioWeights(
  instruments: readonly string[],
  { moving, excluded }: WeightedUniverse,
  amounts: ArrayLike<number>,
  notes: PortfolioWeights['notes'] = [],
): PortfolioWeights {
  let sum = 0
  for (let i = 0; i < amounts.length; i++) sum += amounts[i]!
  const weights = instruments.map(() => 0)
  for (const [i, place] of moving.entries()) weights[place] = amounts[i]! / sum
  return { kind: 'weights', instruments, weights, excluded, notes }
}
