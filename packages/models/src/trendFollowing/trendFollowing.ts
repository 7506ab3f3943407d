import { ConfigError } from '@astertrade/core'
import { type BarForecaster, barModel } from '../barModel.js'
import { abstention, type StreamingModel } from '../model.js'
import { trendConfidence } from './trendConfidence.js'
import { trendGauge } from './trendGauge.js'

/** What `trendFollowing` takes; periods are in bars. */
export interface TrendFollowingOptions {
  /** Pairs of exponential averages whose spreads are averaged (default 12/50, 25/100, 50/200). */
  readonly speeds?: readonly { readonly fast: number; readonly slow: number }[]
  /** Spans of the price changes that are averaged with the spreads (default 20, 60, 120). */
  readonly lookbacks?: readonly number[]
  /** Period of the average true range that scales both, and of the ADX (default 14). */
  readonly rangePeriod?: number
  /** Strength, from 0 to 1, at which it begins to speak, and below which it falls silent again (default 0.7 and 0.5). */
  readonly enter?: number
  readonly leave?: number
  /** The same for the ADX (default 20 and 15). */
  readonly adxEnter?: number
  readonly adxLeave?: number
  /** Bars until a forecast can be judged (default 20). */
  readonly horizonBars?: number
}

const defaults = {
  speeds: [
    { fast: 12, slow: 50 },
    { fast: 25, slow: 100 },
    { fast: 50, slow: 200 },
  ],
  lookbacks: [20, 60, 120],
  rangePeriod: 14,
  enter: 0.7,
  leave: 0.5,
  adxEnter: 20,
  adxLeave: 15,
  horizonBars: 20,
} as const

const name = 'trend'
const weak = abstention(name, 'no-edge', 'no trend stands out from a random walk')
const aimless = abstention(name, 'no-edge', 'the ADX sees no direction')

/**
 * Follows trends that stand out from a random walk.
 *
 * Each spread of averages, and each price change over a lookback, is divided by the standard deviation it would have on a random
 * walk of the same average true range; the direction is the mean of the `tanh` of both kinds. It speaks from a strength of `enter` at an ADX of `adxEnter` on, and falls silent below the lower pair.
 *
 * Time-series momentum: Moskowitz, Ooi and Pedersen (2012). ADX: Wilder (1978).
 *
 * @throws ConfigError if an option is out of range.
 * @example
 * const model = trendFollowing()
 * for (const bar of bars) model.update(bar)
 * model.predict(askAt(bars.at(-1).time)).reason // => 'trend: 50/200 spread +1.8 ATR, ADX 31'
 */
export function trendFollowing(options: TrendFollowingOptions = {}): StreamingModel {
  const settings = { ...defaults, ...options }
  checkSettings(settings)
  return barModel(() => trendForecaster(settings))
}

type Settings = Required<TrendFollowingOptions>

function trendForecaster(settings: Settings): BarForecaster {
  const { speeds, enter, leave, adxEnter, adxLeave, horizonBars } = settings
  const gauge = trendGauge(settings)
  const slowest = speeds[speeds.length - 1]!
  /** Strength and side while it speaks, else 0. */
  let direction = 0
  return {
    id: idOf(settings),
    name,
    warmup: gauge.warmup,
    horizonBars,
    learn: (bar) => gauge.next(bar),
    judge() {
      const strength = (gauge.spread() + gauge.change()) / 2
      const speaks = direction * strength > 0
      direction = 0
      if (!(Math.abs(strength) >= (speaks ? leave : enter))) return weak
      if (!(gauge.adx() >= (speaks ? adxLeave : adxEnter))) return aimless
      direction = strength
      return undefined
    },
    forecast(horizon) {
      const [spread, adx] = [gauge.spreadInRanges(), gauge.adx()]
      const confidence = trendConfidence(Math.abs(direction), adx)
      const figures = `${spread > 0 ? '+' : ''}${spread.toFixed(1)} ATR, ADX ${adx.toFixed(0)}`
      const reason = `${name}: ${slowest.fast}/${slowest.slow} spread ${figures}`
      return { kind: 'forecast', direction, confidence, horizon, reason }
    },
    parts: () => [Float64Array.of(direction), ...gauge.parts()],
    restoreParts([outcome, ...rest]) {
      direction = outcome![0]!
      gauge.restoreParts(rest)
    },
  }
}

function idOf({ speeds, lookbacks, rangePeriod, enter, leave, adxEnter, adxLeave, horizonBars }: Settings): string {
  const pairs = speeds.map(({ fast, slow }) => `${fast}/${slow}`).join(' ')
  const limits = `${enter}/${leave}, ${adxEnter}/${adxLeave}, ${horizonBars}`
  return `trendFollowing(${pairs}, ${lookbacks.join(' ')}, ${rangePeriod}, ${limits})`
}

function checkSettings(settings: Settings): void {
  const { speeds, lookbacks, enter, leave, adxEnter, adxLeave, horizonBars } = settings
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 100_000
  for (const { fast, slow } of speeds) {
    if (!(whole(fast) && whole(slow) && fast < slow))
      throw outOfRange('speed', `${fast}/${slow}`, 'Bars with fast < slow, such as 50 and 200.')
  }
  if (speeds.length === 0) throw outOfRange('speeds', '[]', 'At least one pair, such as { fast: 50, slow: 200 }.')
  if (lookbacks.length === 0 || !lookbacks.every(whole)) {
    throw outOfRange('lookbacks', `[${lookbacks}]`, 'At least one whole number of bars, such as [20, 60, 120].')
  }
  if (!(leave >= 0 && leave <= enter && enter < 1)) {
    throw outOfRange('leave/enter', `${leave}/${enter}`, 'Strengths with 0 <= leave <= enter < 1, such as 0.5 and 0.7.')
  }
  if (!(adxLeave >= 0 && adxLeave <= adxEnter && adxEnter <= 100)) {
    throw outOfRange(
      'adxLeave/adxEnter',
      `${adxLeave}/${adxEnter}`,
      'With 0 <= adxLeave <= adxEnter <= 100, such as 15 and 20.',
    )
  }
  if (!whole(horizonBars)) throw outOfRange('horizonBars', String(horizonBars), 'A whole number of bars, such as 20.')
}

function outOfRange(option: string, value: string, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of trendFollowing is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
