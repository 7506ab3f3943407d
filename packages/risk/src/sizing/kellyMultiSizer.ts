import { ConfigError, type RiskView, type Sizer } from '@astertrade/core'
import type { Unavailable } from '../measures/unavailable.js'
import { checkFigure } from './checkFigure.js'
import type { KellyFractions } from './kellyMulti.js'

/** What `kellyMultiSizer` takes. */
export interface KellyMultiSizerOptions {
  /** Ids of the instruments, in the order of the fractions. */
  readonly instruments: readonly string[]
  /** Full Kelly fractions as they are now; undefined or unavailable while there are none. */
  readonly fractions: (view: RiskView) => KellyFractions | Unavailable | undefined
  /** Share of them that is taken, above 0 and at most 1 (default 0.25). */
  readonly fraction?: number
}

/**
 * A sizer that gives a full exposure in one of several instruments its share of the multi-asset Kelly vector, fractional, and at most its
 * budget; nothing while the vector is not available.
 *
 * All instruments read one vector, so that their sizes belong together: what `kellyMulti` holds within a total stays within it. A negative
 * fraction turns the exposure around.
 *
 * @throws ConfigError `BAD_FIGURE` for a fraction outside (0, 1], and from `size` for one of the vector that is no number,
 * `LENGTH_MISMATCH` for a vector of another length, `UNKNOWN_INSTRUMENT` for an instrument that has no place in it.
 * @example
 * const fractions = kellyMulti({ instruments, excess: [0.01, 0.01], covariance }) // fractions [0.25, 0.25]
 * kellyMultiSizer({ instruments, fractions: () => fractions }).size(btc, 1, 10_000, 100, view) // => 6.25
 */
export function kellyMultiSizer({ instruments, fractions, fraction = 0.25 }: KellyMultiSizerOptions): Sizer {
  checkFigure('fraction', fraction, 'fraction')
  return {
    name: `kellyMulti(${fraction} of ${instruments.length})`,
    size(instrument, exposure, budget, price, view) {
      const vector = fractions(view)
      if (vector === undefined || vector.kind === 'unavailable') return 0
      const { length } = vector.fractions
      if (length !== instruments.length) {
        throw new ConfigError(`${instruments.length} instruments have ${length} fractions.`, {
          code: 'LENGTH_MISMATCH',
        })
      }
      const place = instruments.indexOf(instrument.id)
      if (place < 0) throw withoutPlace(instrument.id, instruments)
      const full = checkFigure(`fraction of ${instrument.id}`, vector.fractions[place]!, 'finite')
      const share = Math.max(-1, Math.min(1, fraction * full))
      return (share * exposure * budget) / Math.abs(price)
    },
  }
}

function withoutPlace(id: string, instruments: readonly string[]): ConfigError {
  return new ConfigError(`Instrument "${id}" has no place among the fractions.`, {
    code: 'UNKNOWN_INSTRUMENT',
    hints: [`Those with one: ${instruments.join(', ')}.`],
  })
}
