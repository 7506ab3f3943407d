import type { Bar, MarketEvent } from '@astertrade/core'
import { barFeed } from './barFeed.js'
import type { Abstention, Forecast, StreamingModel } from './model.js'
import { joinState, splitState } from './state.js'

/** What sets one bar model apart from another; `barModel` adds the rest. */
export interface BarForecaster {
  readonly id: string
  /** First word of its reasons. */
  readonly name: string
  /** Bars learned before it is first asked to judge. */
  readonly warmup: number
  /** Bars until a forecast can be judged; may change with what was learned. */
  readonly horizonBars: number
  /** Takes an event that is no bar of its own instrument; true where it was one, and the feed does not see it. */
  hear?(event: MarketEvent): boolean
  /** Takes a sound bar, newer than the last. */
  learn(bar: Bar): void
  /** Decides whether to speak, after each bar once warm. Judging twice in a row must change nothing. */
  judge(): Abstention | undefined
  /** The forecast, when the last judgement was to speak. */
  forecast(horizon: number): Forecast
  /** Its state in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Makes a streaming model of what is peculiar to it: which bars count, when to be silent, clones and snapshots. */
export function barModel(create: () => BarForecaster): StreamingModel {
  const own = create()
  const { id, name, warmup } = own
  const feed = barFeed(name)
  let silence: Abstention | undefined
  const horizon = (): number => Math.round(own.horizonBars * feed.interval)
  const parts = (): Float64Array[] => [feed.snapshot(), ...own.parts()]
  const judge = (): void => {
    if (feed.count >= warmup) silence = own.judge()
  }
  return {
    id,
    get horizon() {
      return horizon()
    },
    warmup,
    schema: '',
    update(event) {
      if (own.hear?.(event)) return
      const bar = feed.take(event)
      if (bar === undefined) return
      own.learn(bar)
      judge()
    },
    predict(row) {
      const until = horizon()
      return feed.refuse(row, warmup, until) ?? silence ?? own.forecast(until)
    },
    clone() {
      const copy = barModel(create)
      copy.restore(joinState(id, parts()))
      return copy
    },
    snapshot: () => joinState(id, parts()),
    restore(state) {
      const [seen, ...rest] = splitState(id, parts(), state)
      feed.restore(seen!)
      own.restoreParts(rest)
      judge()
    },
  }
}
