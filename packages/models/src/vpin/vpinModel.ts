import { ConfigError, type Duration, duration } from '@astertrade/core'
import { type BarForecaster, barModel } from '../barModel.js'
import { type Abstention, abstention, type Forecast, type StreamingModel } from '../model.js'
import { type TapeForecaster, tapeModel } from '../tapeModel.js'
import { ranksMin, type ToxicityGauge, toxicityGauge } from './toxicityGauge.js'

/** What `vpinModel` takes. */
export interface VpinModelOptions {
  /** What it lives on: bars, whose volume is split by bulk classification, or trades with their aggressors (default `bars`). */
  readonly source?: 'bars' | 'trades'
  /** Buckets looked back over (default 50). */
  readonly buckets?: number
  /** Volume of a bucket in base units, about a fiftieth of a day's; trades need it, and bars take `barsPerBucket` without it. */
  readonly bucketVolume?: number
  /** Volume of a bucket in mean volumes of a bar (default 5). */
  readonly barsPerBucket?: number
  /** Changes of the close in the deviation that splits the volume of bars (default 50). */
  readonly sigma?: number
  /** Closed buckets among which the percentile is taken (default 500). */
  readonly rankWindow?: number
  /** How long a value stays good without a trade, for `trades` (default one hour); bars use one bar. */
  readonly horizon?: Duration | string
}

/** Percentiles of its own past at which toxicity is `raised`, and `high`. */
export const toxicityAlarms = { raised: 0.9, high: 0.99 } as const

const defaults = {
  source: 'bars',
  buckets: 50,
  bucketVolume: 0,
  barsPerBucket: 5,
  sigma: 50,
  rankWindow: 500,
  horizon: '1h',
} as const
const name = 'VPIN'
const cold = abstention(name, 'cold', 'too few buckets of volume')

/**
 * Tells how one-sided the order flow is: the volume-synchronised probability of informed trading, as a percentile of its own
 * past. It takes no side; `risk.toxicity` holds the percentile.
 *
 * A value is ranked when a bucket closes, among those before it alone, so there is no fixed level of alarm: `raised` is the top
 * tenth, `high` the top hundredth of the market's own past. What it predicts is disputed: Andersen and Bondarenko, VPIN and the
 * flash crash (2014), find nothing beyond volume and volatility, and `vpinControl` tells whether that holds for your market too.
 *
 * Easley, López de Prado and O'Hara, Flow Toxicity and Liquidity in a High-frequency World (2012).
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range, or trades come without `bucketVolume`.
 * @example
 * const model = vpinModel({ source: 'trades', bucketVolume: 250 })
 * for (const trade of trades) model.update(trade)
 * model.predict(askAt(trades.at(-1).time)).risk // => { toxicity: 0.93 }
 */
export function vpinModel(options: VpinModelOptions = {}): StreamingModel {
  const { source, horizon, rankWindow, ...own } = { ...defaults, ...options }
  if (source !== 'bars' && source !== 'trades') {
    throw new ConfigError(`source "${String(source satisfies never)}" of vpinModel is unknown.`, {
      code: 'BAD_PARAMETER',
      hints: ['One of bars, trades.'],
    })
  }
  const gauge = (): ToxicityGauge => toxicityGauge(own, rankWindow)
  if (source === 'bars') return barModel(() => barToxicity(gauge(), rankWindow))
  if (!(own.bucketVolume > 0)) {
    throw new ConfigError(`bucketVolume "${own.bucketVolume}" of vpinModel makes no bucket of trades.`, {
      code: 'BAD_PARAMETER',
      hints: ['Base units, about a fiftieth of the volume of a day.'],
    })
  }
  return tapeModel(() => tapeToxicity(gauge(), rankWindow, duration(horizon)))
}

/**
 * How far a percentile is above the usual.
 *
 * @example
 * toxicityAlarm(0.95) // => 'raised'
 */
export function toxicityAlarm(percentile: number): 'none' | 'raised' | 'high' {
  if (percentile >= toxicityAlarms.high) return 'high'
  return percentile >= toxicityAlarms.raised ? 'raised' : 'none'
}

function barToxicity(gauge: ToxicityGauge, rankWindow: number): BarForecaster {
  return {
    id: `vpinModel(bars, ${gauge.name}, ${rankWindow})`,
    name,
    warmup: gauge.warmup,
    horizonBars: 1,
    learn: (bar) => gauge.takeBar(bar),
    judge: () => silence(gauge),
    forecast: (horizon) => forecastOf(gauge, horizon),
    parts: gauge.parts,
    restoreParts: gauge.restoreParts,
  }
}

function tapeToxicity(gauge: ToxicityGauge, rankWindow: number, horizon: Duration): TapeForecaster {
  return {
    id: `vpinModel(trades, ${gauge.name}, ${rankWindow}, ${horizon})`,
    name,
    warmup: ranksMin,
    horizon,
    reads: 'trades',
    learn(event) {
      if (event.kind === 'trade') gauge.takeTrade(event)
    },
    judge: () => silence(gauge),
    forecast: () => forecastOf(gauge, horizon),
    parts: gauge.parts,
    restoreParts: gauge.restoreParts,
  }
}

function silence(gauge: ToxicityGauge): Abstention | undefined {
  return Number.isNaN(gauge.percentile()) ? cold : undefined
}

function forecastOf(gauge: ToxicityGauge, horizon: Duration): Forecast {
  const toxicity = gauge.percentile()
  const alarm = toxicityAlarm(toxicity)
  const figures = `${gauge.value().toFixed(2)}, percentile ${(100 * toxicity).toFixed(0)}`
  const reason = `${name}: ${figures}${alarm === 'none' ? '' : `, ${alarm} toxicity`}`
  return { kind: 'forecast', direction: 0, confidence: 0, horizon, reason, risk: { toxicity } }
}
