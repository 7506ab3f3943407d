import { ConfigError } from '@astertrade/core'
import { checkOptionNames } from '../limits/checkOptions.js'
import { createBookFigures } from './bookFigures.js'
import { checkConfidence } from './confidence.js'
import type { FilteredScenariosOptions } from './filteredScenarios.js'
import { type Exposures, exposureVector } from './portfolioLosses.js'
import type { Tail } from './sampleTail.js'
import type { Scenarios } from './scenarioMatrix.js'
import type { SimulatedReturns } from './simulateReturns.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What `scenarioBook` takes. */
export interface ScenarioBookOptions extends FilteredScenariosOptions {
  readonly scenarios: Scenarios
  /** Simulated returns of the same instruments in the same order. */
  readonly simulated: SimulatedReturns
  /** Confidences in per mille, rising (default 950 and 990). */
  readonly confidencesPerMille?: readonly number[]
  /** What figures are multiplied by, at least 1 (default 1); see `backtestEffect`. */
  readonly multiplier?: number
}

/** The decision figure at one confidence, in the currency of the exposures. */
export interface BookLevel extends Tail {
  readonly confidencePerMille: number
}

/** The decision figures of a book. Lent: valid until the next call. */
export interface BookTail {
  readonly kind: 'tail'
  readonly levels: readonly BookLevel[]
}

/** The risk of what is held, and of one more order; made for the order path. */
export interface ScenarioBook {
  readonly kind: 'book'
  readonly instruments: readonly string[]
  /** End of the last period that the scenarios know, in milliseconds. */
  readonly asOf: number
  /**
   * Takes over all positions, orders under way at worst case. Where they cannot be valued the book is unavailable until
   * the next call, so that nobody trades on the positions before.
   */
  hold(exposures: Exposures): Unavailable | undefined
  /** The figures of what is held with `value` more of an instrument (default nothing more); a negative value sells. */
  tail(instrument?: string, value?: number): BookTail | Unavailable
  /**
   * The largest of 1, 1/2, 1/4 and 1/8 for which that share of `value` keeps the figures `within`, or 0: bounded work,
   * no search.
   */
  fit(instrument: string, value: number, within: (tail: BookTail) => boolean): number | Unavailable
}

const defaults = { confidencesPerMille: [950, 990], multiplier: 1 } as const
const known = ['scenarios', 'simulated', 'confidencesPerMille', 'multiplier', 'lambda', 'sigmaMin']
const shares = [1, 0.5, 0.25, 0.125] as const

/**
 * Keeps scenarios and the losses of what is held, so that the risk of one more order costs one column, a selection and
 * a pass over the tail.
 *
 * The figure is the larger of historical and filtered historical simulation, raised by the factor by which Monte Carlo
 * exceeded them when positions last changed; that factor is renewed at the first question after `hold`. A history too
 * short for a confidence is replaced as `shortSampleRisk` does. Unavailable with `TOO_SHORT` below 120 periods,
 * `CONSTANT` for positions that never moved, `NO_HISTORY` for an instrument without returns, `NOT_FINITE` for a value
 * that is no finite number.
 *
 * @throws ConfigError `UNKNOWN_OPTION`, `BAD_CONFIDENCE`, `BAD_MULTIPLIER`, `BAD_LAMBDA`, `BAD_SIGMA_MIN`, or
 * `MISMATCH` if simulated returns are of other instruments.
 * @example
 * const book = scenarioBook({ scenarios, simulated })
 * if (book.kind === 'book') book.fit('BTC-USDT.binance', 500, ({ levels }) => levels[0]!.valueAtRisk <= 300)
 */
export function scenarioBook(options: ScenarioBookOptions): ScenarioBook | Unavailable {
  checkOptionNames('scenarioBook', options, known)
  const { scenarios, confidencesPerMille, multiplier } = { ...defaults, ...options }
  checkBook(options, confidencesPerMille, multiplier)
  const figures = createBookFigures({ ...options, confidencesPerMille, multiplier })
  if (figures.kind === 'unavailable') return figures
  const { instruments, asOf } = scenarios
  const places = new Map(instruments.map((instrument, index) => [instrument, index]))
  let broken: Unavailable | undefined
  const tail = (instrument?: string, value = 0): BookTail | Unavailable => {
    if (broken) return broken
    const index = instrument === undefined ? 0 : places.get(instrument)
    if (index === undefined) return unavailable('NO_HISTORY', `returns of ${instrument}`, 'none')
    if (!Number.isFinite(value)) return unavailable('NOT_FINITE', 'a finite value', value)
    return figures.read(index, value)
  }
  return {
    kind: 'book',
    instruments,
    asOf,
    hold(exposures) {
      const vector = exposureVector(instruments, exposures)
      broken = vector instanceof Float64Array ? undefined : vector
      if (vector instanceof Float64Array) figures.hold(vector)
      return broken
    },
    tail,
    fit(instrument, value, within) {
      for (let i = 0; i < shares.length; i++) {
        const found = tail(instrument, value * shares[i]!)
        if (found.kind === 'unavailable') return found
        if (within(found)) return shares[i]!
      }
      return 0
    },
  }
}

function checkBook({ scenarios, simulated }: ScenarioBookOptions, levels: readonly number[], multiplier: number): void {
  for (const level of levels) checkConfidence(level)
  if (levels.length === 0 || levels.some((level, index) => index > 0 && level <= levels[index - 1]!)) {
    throw new ConfigError(`confidencesPerMille [${levels.join(', ')}] do not rise.`, {
      code: 'BAD_CONFIDENCE',
      hints: ['Such as [950, 990].'],
    })
  }
  if (!(Number.isFinite(multiplier) && multiplier >= 1)) {
    throw new ConfigError(`multiplier "${multiplier}" is not a finite number of at least 1.`, {
      code: 'BAD_MULTIPLIER',
      hints: ['backtestEffect gives 1.2 for a yellow traffic light.'],
    })
  }
  if (scenarios.instruments.join('\n') === simulated.instruments.join('\n')) return
  throw new ConfigError('Scenarios and simulated returns are of different instruments.', {
    code: 'MISMATCH',
    hints: ['Simulate from a model that was fitted to the same scenarios.'],
  })
}
