import { type Bar, ConfigError, log, type MarketEvent } from '@astertrade/core'
import { type BarForecaster, barModel } from '../barModel.js'
import { type Abstention, abstention, type RiskOutlook, type StreamingModel } from '../model.js'
import { trailingRank } from '../trailingRank.js'
import { ewmaForecaster } from './ewmaForecaster.js'
import { ewmaLambda } from './ewmaVariance.js'
import { garchForecaster } from './garchForecaster.js'
import { harForecaster } from './harForecaster.js'
import { impliedForecaster } from './impliedForecaster.js'
import { type ImpliedSeries, impliedSeries } from './impliedSeries.js'
import { impliedOutlook, regimeBounds } from './impliedVariance.js'
import { rangeVariance } from './rangeVariance.js'
import type { VarianceForecaster } from './varianceForecaster.js'

/** How the variance of the next return is forecast. */
export type VolatilityMethod = 'garch' | 'gjr' | 'har' | 'ewma' | 'implied'

/** What `volatility` takes; lengths are in bars. */
export interface VolatilityOptions {
  /** Default `garch`; `implied` needs `implied`. `selectVolatility` tells which is best on given returns. */
  readonly method?: VolatilityMethod
  /** Weight of the past in the exponential average (default 0.94). */
  readonly lambda?: number
  /** Returns that a model is fitted to, at least 100 (default 1000). */
  readonly window?: number
  /** Bars from one fit to the next (default 250). */
  readonly refitEvery?: number
  /** Forecasts among which a percentile is taken (default 500). */
  readonly rankWindow?: number
  /** An index of implied volatility in percent a year, whose bars `update` is fed with too. */
  readonly implied?: ImpliedSource
}

/** Where implied volatility comes from. */
export interface ImpliedSource {
  /** Id of the index, such as `VIX.cboe`. */
  readonly instrument: string
  /** Bars of the model in a year (default 252). */
  readonly periodsPerYear?: number
}

const defaults = { method: 'garch', lambda: ewmaLambda, window: 1000, refitEvery: 250, rankWindow: 500 } as const
const name = 'volatility'
const warmup = 60
/** A level of implied volatility older than this many bars is no level any more. */
const impliedAgeMax = 5

const still = abstention(name, 'no-edge', 'the price does not move')
const noPrice = abstention(name, 'nan', 'a price is not above 0')
const noImplied = abstention(name, 'cold', 'too few levels of implied volatility')
const oldImplied = abstention(name, 'expired', 'the last level of implied volatility is too old')

/**
 * Forecasts the variance of the next bar's log return, where it stands in its own past, and the regime; it takes no side.
 *
 * `direction` and `confidence` are 0 and `risk` holds the rest. Until a model is fitted, and wherever a fit is not to be had, the
 * exponential average stands in, which `reason` names. Percentiles are among earlier forecasts. The regime is `calm` in the low
 * third of them and `stressed` in the top tenth; with `implied` it is that of `impliedOutlook`.
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range, or `method` is `implied` without `implied`.
 * @example
 * const model = volatility({ method: 'ewma' })
 * for (const bar of bars) model.update(bar)
 * model.predict(askAt(bars.at(-1).time)).risk // => { variance: 0.0001, variancePercentile: 0.62, regime: 'normal' }
 */
export function volatility(options: VolatilityOptions = {}): StreamingModel {
  const settings = { ...defaults, ...options }
  return barModel(() => outlookForecaster(settings))
}

type Settings = Required<Omit<VolatilityOptions, 'implied'>> & Pick<VolatilityOptions, 'implied'>

function forecasterOf({ method, lambda, window, refitEvery, implied }: Settings): VarianceForecaster {
  switch (method) {
    case 'garch':
    case 'gjr':
      return garchForecaster({ kind: method, lambda, window, refitEvery })
    case 'har':
      return harForecaster({ lambda, window, refitEvery })
    case 'ewma':
      return ewmaForecaster(lambda)
    case 'implied':
      if (implied !== undefined) return impliedForecaster(window)
      throw new ConfigError('The method "implied" of volatility has no index to read.', {
        code: 'BAD_PARAMETER',
        hints: ["Give implied: { instrument: 'VIX.cboe' } and feed its bars too."],
      })
    default:
      throw new ConfigError(`method "${String(method satisfies never)}" of volatility is unknown.`, {
        code: 'BAD_PARAMETER',
        hints: ['One of garch, gjr, har, ewma, implied.'],
      })
  }
}

function outlookForecaster(settings: Settings): BarForecaster {
  const { method, rankWindow, implied } = settings
  const forecaster = forecasterOf(settings)
  const rank = trailingRank(rankWindow)
  const levels = implied && impliedSeries(implied.periodsPerYear ?? 252, rankWindow)
  /** Last close and its time, the time between two bars, and the forecast with its percentile. */
  let [close, time, interval, variance, percentile] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]
  const learn = (bar: Bar): void => {
    const change = log(bar.close / close)
    const realised = rangeVariance(bar, close)
    interval = bar.time - time
    close = bar.close > 0 ? bar.close : Number.NaN
    time = bar.time
    variance = Number.NaN
    if (!Number.isFinite(change)) return
    forecaster.learn({
      change,
      realised: realised >= 0 && realised < Number.POSITIVE_INFINITY ? realised : change * change,
      impliedBefore: levels?.before(bar.time) ?? Number.NaN,
      implied: levels?.now() ?? Number.NaN,
    })
    variance = forecaster.forecast()
    if (!(variance > 0)) return
    percentile = rank.count === 0 ? 0.5 : rank.of(variance)
    rank.add(variance)
  }
  return {
    id: idOf(forecaster.name, settings),
    name,
    warmup,
    horizonBars: 1,
    hear: (event) => levels !== undefined && hearLevel(levels, event, implied!.instrument),
    learn,
    judge() {
      if (Number.isNaN(close)) return noPrice
      const gap = levels && method === 'implied' ? silenceOf(levels, time, interval) : undefined
      if (gap !== undefined) return gap
      if (Number.isNaN(variance)) return method === 'implied' ? noImplied : noPrice
      return variance > 0 ? undefined : still
    },
    forecast(horizon) {
      const isHeard = levels !== undefined && silenceOf(levels, time, interval) === undefined
      const risk = outlook(variance, percentile, isHeard ? levels : undefined)
      const size = `${(100 * Math.sqrt(variance)).toPrecision(3)} % a bar by ${forecaster.source}`
      const place = `${risk.regime}, percentile ${(100 * percentile).toFixed(0)}`
      return { kind: 'forecast', direction: 0, confidence: 0, horizon, reason: `${name}: ${size}, ${place}`, risk }
    },
    parts: () => [
      Float64Array.of(close, time, interval, variance, percentile),
      rank.snapshot(),
      levels?.snapshot() ?? new Float64Array(0),
      ...forecaster.parts(),
    ],
    restoreParts([own, ranks, heard, ...rest]) {
      ;[close, time, interval, variance, percentile] = own as unknown as [number, number, number, number, number]
      rank.restore(ranks!)
      levels?.restore(heard!)
      forecaster.restoreParts(rest)
    },
  }
}

function idOf(forecaster: string, { rankWindow, implied }: Settings): string {
  const index = implied === undefined ? '' : `, ${implied.instrument} ${implied.periodsPerYear ?? 252}`
  return `volatility(${forecaster}, ${rankWindow}${index})`
}

function hearLevel(levels: ImpliedSeries, event: MarketEvent, instrument: string): boolean {
  if (event.kind !== 'bar' || event.instrument !== instrument) return false
  levels.hear(event)
  return true
}

function silenceOf(levels: ImpliedSeries, time: number, interval: number): Abstention | undefined {
  if (!(levels.now() > 0)) return noImplied
  return time - levels.time > impliedAgeMax * interval ? oldImplied : undefined
}

function outlook(variance: number, percentile: number, levels: ImpliedSeries | undefined): RiskOutlook {
  if (levels !== undefined && !Number.isNaN(levels.percentile())) {
    const { regime } = impliedOutlook({ implied: levels.now(), realised: variance, percentile: levels.percentile() })
    return { variance, variancePercentile: percentile, regime }
  }
  const { calmBelow, stressedFrom } = regimeBounds
  const regime = percentile >= stressedFrom ? 'stressed' : percentile < calmBelow ? 'calm' : 'normal'
  return { variance, variancePercentile: percentile, regime }
}
