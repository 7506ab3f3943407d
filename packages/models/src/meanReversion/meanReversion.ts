import { ConfigError, normalCdf } from '@astertrade/core'
import { type BarForecaster, barModel } from '../barModel.js'
import { abstention, type Forecast, type StreamingModel } from '../model.js'
import { dickeyFullerCritical, ornsteinUhlenbeck } from './ornsteinUhlenbeck.js'

/** What `meanReversion` takes; lengths are in bars. */
export interface MeanReversionOptions {
  /** Closes that the process is fitted to (default 120). */
  readonly window?: number
  /** Distance from the mean, in standard deviations, at which it begins to speak (default 2). */
  readonly enter?: number
  /** Distance at which it falls silent again (default 0.5). */
  readonly leave?: number
  /** Shortest and longest half-life it believes (default 2 and 60). */
  readonly halfLifeMin?: number
  readonly halfLifeMax?: number
}

const defaults = { window: 120, enter: 2, leave: 0.5, halfLifeMin: 2, halfLifeMax: 60 } as const

/** Share of the confidence by the fit's own formula that is claimed: mean and half-life are estimates, and one fit in ten is false. */
const claimed = 0.4

const name = 'mean reversion'
const noReversion = abstention(name, 'no-edge', 'no return to a mean is proven')
const badHalfLife = abstention(name, 'no-edge', 'the half-life is out of range')
const nearMean = abstention(name, 'no-edge', 'the price is near its mean')

/**
 * Forecasts the way back to the mean of an Ornstein-Uhlenbeck process fitted to the last closes.
 *
 * It abstains with `no-edge` unless the Dickey-Fuller statistic rejects a random walk at 10 % and the half-life is in range; so
 * on a random walk it is silent in about nine bars of ten, and more for the distance it waits for. The horizon is one half-life,
 * in which a gap of `z` standard deviations is expected to shrink by `z / 2` with a standard deviation of `sqrt(3) / 2`: their
 * ratio is the direction, clipped to 1, and 40 % of its normal probability the confidence. The half-life it reads is
 * short where it speaks, since a window must look fast to prove anything: about 3 for a true 4, and 4 for a true 8. Works on
 * spreads below zero too.
 *
 * @throws ConfigError if an option is out of range.
 * @example
 * const model = meanReversion()
 * for (const bar of bars) model.update(bar)
 * model.predict(askAt(bars.at(-1).time)) // => { kind: 'forecast', direction: -1, … } far above the mean
 */
export function meanReversion(options: MeanReversionOptions = {}): StreamingModel {
  const settings = { ...defaults, ...options }
  checkSettings(settings)
  return barModel(() => gapForecaster(settings))
}

function gapForecaster({
  window,
  enter,
  leave,
  halfLifeMin,
  halfLifeMax,
}: Required<MeanReversionOptions>): BarForecaster {
  const critical = dickeyFullerCritical(window - 1)
  const closes = new Float64Array(window)
  /** Distance from the mean in standard deviations while it speaks, else 0. */
  let gap = 0
  let halfLife = Number.NaN
  return {
    id: `meanReversion(${window}, ${enter}/${leave}, ${halfLifeMin}-${halfLifeMax})`,
    name,
    warmup: window,
    get horizonBars() {
      return halfLife
    },
    learn(bar) {
      closes.copyWithin(0, 1)
      closes[window - 1] = bar.close
    },
    judge() {
      const fit = ornsteinUhlenbeck(closes)
      const distance = (closes[window - 1]! - fit.mean) / fit.spread
      const speaks = gap * distance > 0
      halfLife = fit.halfLife
      gap = 0
      if (!(fit.dickeyFuller <= critical)) return noReversion
      if (!(halfLife >= halfLifeMin && halfLife <= halfLifeMax)) return badHalfLife
      if (!(Math.abs(distance) >= (speaks ? leave : enter))) return nearMean
      gap = distance
      return undefined
    },
    forecast: (horizon) => forecast(gap, halfLife, horizon),
    parts: () => [Float64Array.of(gap), closes],
    restoreParts([outcome, window]) {
      gap = outcome![0]!
      closes.set(window!)
    },
  }
}

/** What half of the gap, over one half-life, is worth against the noise of that time. */
function forecast(gap: number, halfLife: number, horizon: number): Forecast {
  const ratio = -gap / Math.sqrt(3)
  return {
    kind: 'forecast',
    direction: Math.max(-1, Math.min(1, ratio)),
    confidence: claimed * (2 * normalCdf(Math.abs(ratio)) - 1),
    horizon,
    reason: `${name}: ${gap > 0 ? '+' : ''}${gap.toFixed(1)} sd from the mean, half-life ${halfLife.toFixed(1)} bars`,
  }
}

function checkSettings(settings: Required<MeanReversionOptions>): void {
  const { window, enter, leave, halfLifeMin, halfLifeMax } = settings
  if (!Number.isInteger(window) || window < 20 || window > 100_000) {
    throw outOfRange('window', window, 'A whole number of bars from 20 to 100000, such as 120.')
  }
  if (!(leave >= 0 && leave <= enter && enter < Number.POSITIVE_INFINITY)) {
    throw outOfRange(
      'leave/enter',
      `${leave}/${enter}`,
      'Standard deviations with 0 <= leave <= enter, such as 0.5 and 2.',
    )
  }
  if (!(halfLifeMin > 0 && halfLifeMin <= halfLifeMax && halfLifeMax < Number.POSITIVE_INFINITY)) {
    throw outOfRange(
      'half-life',
      `${halfLifeMin}-${halfLifeMax}`,
      'Bars with 0 < halfLifeMin <= halfLifeMax, such as 2 and 60.',
    )
  }
}

function outOfRange(option: string, value: string | number, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of meanReversion is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
