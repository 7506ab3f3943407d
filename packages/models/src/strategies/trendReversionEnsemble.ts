import type { StrategyDefinition } from '@astertrade/core'
import { fromModel, type ModelStrategyParams } from '../fromModel.js'
import { meanReversion } from '../meanReversion/meanReversion.js'
import { trendFollowing } from '../trendFollowing/trendFollowing.js'

/** Parameters of `trendReversionEnsemble`. */
export interface EnsembleParams extends ModelStrategyParams {
  /** ADX at which the trend model begins to speak; it falls silent below 15 or this. */
  readonly adx: number
  /** Bars that the mean-reversion model is fitted to. */
  readonly window: number
  /** Standard deviations from the mean at which it begins to speak. */
  readonly sigmas: number
}

/**
 * Trend following and mean reversion, weighted by confidence: each speaks only where its own test finds an edge.
 *
 * Long and short, with a protective stop of 3 x ATR(14) on each position. Its forecasts need 200 bars of warm-up. Each instrument
 * takes `exposure` for itself: with n of them give 1 / n.
 *
 * @throws ConfigError from `create`, if a parameter is out of range.
 * @example
 * trendReversionEnsemble.params.sigmas // => 2
 */
export const trendReversionEnsemble: StrategyDefinition<EnsembleParams> = fromModel({
  name: 'trend-reversion',
  params: { adx: 20, window: 120, sigmas: 2 },
  models: ({ adx, window, sigmas }) => [
    trendFollowing({ adxEnter: adx, adxLeave: Math.min(15, adx) }),
    meanReversion({ window, enter: sigmas, leave: Math.min(0.5, sigmas) }),
  ],
})
