import {
  type Bar,
  ConfigError,
  type InstrumentId,
  type MarketEvent,
  type Quote,
  type StrategyDefinition,
  type Trade,
  target,
  type View,
  type Wish,
} from '@astertrade/core'
import { Atr } from '@astertrade/indicators'
import { coordinate } from './ensemble/coordinate.js'
import { askAt, type Prediction, type StreamingModel } from './model.js'
import { perInstrument } from './perInstrument.js'

/** Parameters that every strategy made by `fromModel` has besides its own. */
export interface ModelStrategyParams {
  /** Sides it may take. */
  readonly side: 'both' | 'long'
  /** Share of the allocation in one instrument at full conviction; with n instruments give 1 / n. */
  readonly exposure: number
  /** Smallest change of conviction that is worth an order. */
  readonly step: number
  /** Distance of the protective stop from the close, in average true ranges. */
  readonly stopRanges: number
  /** Period of that average. */
  readonly rangePeriod: number
}

/** What `fromModel` takes. */
export interface FromModelOptions<Params extends object> {
  readonly name: string
  /** Parameters of the models, with their defaults. */
  readonly params: Params
  /** Makes fresh models for one instrument. */
  models(params: Params, instrument: InstrumentId): readonly StreamingModel[]
  /** Confidence from which a direction counts in full; without it every confidence does. */
  confidenceFull?(params: Params): number
}

const defaults: ModelStrategyParams = { side: 'both', exposure: 1, step: 0.1, stopRanges: 3, rangePeriod: 14 }

/**
 * Makes a strategy of one or more models: after each bar it combines what they say and wishes for the exposure.
 *
 * It wishes only when the exposure changes, each time with a protective stop 3 x ATR(14) from the close; while a side is held the
 * stop never moves away from the price. A side whose position is gone without its wish, by a stop or a halt, or whose stop the
 * close has passed, is not taken again before the models have left that side. Each instrument has models of its own, and each
 * takes `exposure` for itself: with n instruments give 1 / n. Bars, trades and quotes reach the models.
 *
 * @throws ConfigError from `create`, if a parameter is out of range.
 * @example
 * const trend = fromModel({ name: 'trend', params: { adxEnter: 25 }, models: (params) => [trendFollowing(params)] })
 * trend.params // => { side: 'both', exposure: 1, step: 0.1, stopRanges: 3, rangePeriod: 14, adxEnter: 25 }
 */
export function fromModel<Params extends object>(
  options: FromModelOptions<Params>,
): StrategyDefinition<ModelStrategyParams & Params> {
  return {
    name: options.name,
    params: { ...defaults, ...options.params },
    create(params) {
      checkParams(params)
      const confidenceFull = options.confidenceFull?.(params) ?? 0
      const traderOf = perInstrument((instrument) =>
        createTrader(options.models(params, instrument), { ...params, confidenceFull }),
      )
      const learn = (event: Bar | Trade | Quote): undefined => traderOf(event.instrument).learn(event)
      return {
        onBar(bar, view) {
          learn(bar)
          return traderOf(bar.instrument).decide(bar, view)
        },
        onTrade: learn,
        onQuote: learn,
        // A position can begin and end between two bars.
        onOrder(event, view) {
          if (event.kind === 'filled') traderOf(event.instrument).watch(view.position(event.instrument).quantity)
          return undefined
        },
      }
    },
  }
}

interface Trader {
  learn(event: MarketEvent): undefined
  /** Takes the position after a fill. */
  watch(quantity: number): void
  decide(bar: Bar, view: View): Wish
}

interface TraderParams extends ModelStrategyParams {
  readonly confidenceFull: number
}

/** One instrument: its models, what is wished for, and what became of it. */
function createTrader(models: readonly StreamingModel[], params: TraderParams): Trader {
  const { side, exposure, step, stopRanges, rangePeriod, confidenceFull } = params
  const range = new Atr({ period: rangePeriod })
  const predictions: Prediction[] = []
  let held = 0
  let stop = Number.NaN
  /** A position on the held side has been seen. */
  let entered = false
  /** The side that was lost, until the models leave it. */
  let lost = 0
  const watch = (quantity: number): void => {
    if (quantity * held > 0) entered = true
    else if (entered && quantity === 0) {
      lost = Math.sign(held)
      held = 0
      entered = false
    }
  }
  return {
    watch,
    learn(event) {
      for (const model of models) model.update(event)
      return undefined
    },
    decide(bar, view) {
      range.next(bar)
      watch(view.position(bar.instrument).quantity)
      const row = askAt(bar.time)
      for (const [index, model] of models.entries()) predictions[index] = model.predict(row)
      const wanted = coordinate(predictions, { held, step, confidenceFull })?.exposure ?? held
      const allowed = side === 'long' ? Math.max(0, wanted) : wanted
      if (lost !== 0 && Math.sign(allowed) === lost) return undefined
      lost = 0
      if (allowed === held) return undefined
      if (allowed * held <= 0) {
        entered = false
        stop = Number.NaN
      } else if (isPassed(stop, bar.close, held)) {
        lost = Math.sign(held)
        held = 0
        entered = false
        return target(bar.instrument, 0)
      }
      held = allowed
      // A range of nothing says nothing of how far a stop should be.
      if (range.value > 0) stop = tighter(stop, bar.close - Math.sign(held) * stopRanges * range.value, held)
      return target(bar.instrument, held * exposure, held !== 0 && stop > 0 ? { stop } : {})
    },
  }
}

/** Of two stops of a side the one nearer to the price; what is not known yet is `NaN`. */
function tighter(old: number, level: number, side: number): number {
  const nearer = side > 0 ? level > old : level < old
  return nearer || Number.isNaN(old) ? level : old
}

/** True where the price has reached the stop of a side; a stop that is not known is not passed. */
function isPassed(stop: number, price: number, side: number): boolean {
  return side > 0 ? stop >= price : stop <= price
}

function checkParams({ side, exposure, step, stopRanges }: ModelStrategyParams): void {
  const wrong = (name: string, value: unknown, hint: string): ConfigError =>
    new ConfigError(`Parameter ${name} "${value}" is out of range.`, { code: 'BAD_PARAMETER', hints: [hint] })
  if (side !== 'both' && side !== 'long') throw wrong('side', side, "Write 'both' or 'long'.")
  if (!(exposure > 0 && exposure <= 1)) throw wrong('exposure', exposure, 'A share above 0 and at most 1, such as 0.5.')
  if (!(step >= 0 && step <= 1)) throw wrong('step', step, 'A change of conviction from 0 to 1, such as 0.1.')
  if (!(stopRanges > 0 && stopRanges < Number.POSITIVE_INFINITY)) {
    throw wrong('stopRanges', stopRanges, 'A positive number of average true ranges, such as 3.')
  }
}
