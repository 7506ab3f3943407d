import { ConfigError, crossover, defineStrategy, type StrategyDefinition, target } from '@astertrade/core'
import { Sma } from '@astertrade/indicators'
import { perInstrument } from '../perInstrument.js'

/** Parameters of `smaCross`. */
export interface SmaCrossParams {
  /** Bars of the two simple averages. */
  readonly fast: number
  readonly slow: number
  /** `long` leaves the market when the fast average falls below the slow one, `both` turns short. */
  readonly side: 'long' | 'both'
  /** Share of the allocation in one instrument; with n instruments give 1 / n. */
  readonly exposure: number
}

/**
 * The crossing of two simple moving averages of closes: in when the fast one rises above the slow one, out when it falls below.
 *
 * The baseline to compare with, not a way to make money. It waits for the first crossing after both averages are warm, and
 * leaves the protective stop to the engine's default. Each instrument takes `exposure` for itself: with n of them give 1 / n.
 *
 * @throws ConfigError from `create`, if `fast` is not below `slow` or another parameter is out of range.
 * @example
 * smaCross.params // => { fast: 10, slow: 30, side: 'long', exposure: 1 }
 */
export const smaCross: StrategyDefinition<SmaCrossParams> = defineStrategy<SmaCrossParams>({
  name: 'sma-cross',
  params: { fast: 10, slow: 30, side: 'long', exposure: 1 },
  create(params) {
    checkParams(params)
    const { fast, slow, exposure } = params
    const below = params.side === 'both' ? -exposure : 0
    const stateOf = perInstrument(() => ({
      fast: new Sma({ period: fast }),
      slow: new Sma({ period: slow }),
      cross: crossover(),
    }))
    return {
      onBar(bar) {
        const state = stateOf(bar.instrument)
        const crossed = state.cross.next(state.fast.next(bar.close), state.slow.next(bar.close))
        return crossed === undefined ? undefined : target(bar.instrument, crossed === 'above' ? exposure : below)
      },
    }
  },
})

function checkParams({ fast, slow, side, exposure }: SmaCrossParams): void {
  const wrong = (what: string, hint: string): ConfigError =>
    new ConfigError(what, { code: 'BAD_PARAMETER', hints: [hint] })
  if (!(fast < slow)) throw wrong(`fast "${fast}" is not below slow "${slow}".`, 'Such as fast: 10 and slow: 30.')
  if (side !== 'long' && side !== 'both') throw wrong(`side "${side}" is unknown.`, "Write 'long' or 'both'.")
  if (!(exposure > 0 && exposure <= 1)) {
    throw wrong(`exposure "${exposure}" is out of range.`, 'A share above 0 and at most 1, such as 0.5.')
  }
}
