import type { Duration, MarketEvent, Quote, Trade } from '@astertrade/core'
import { isSoundTapeEvent } from './isSoundTapeEvent.js'
import { type Abstention, abstention, type Forecast, type StreamingModel } from './model.js'
import { joinState, splitState } from './state.js'

/** What sets one model of trades and quotes apart from another; `tapeModel` adds the rest. */
export interface TapeForecaster {
  readonly id: string
  /** First word of its reasons. */
  readonly name: string
  /** Events learned before it is first asked to judge. */
  readonly warmup: number
  /** Milliseconds until a forecast can be judged. */
  readonly horizon: Duration
  /** Which events it has a use for. */
  readonly reads: 'trades' | 'trades and quotes'
  /** Takes a sound event, not older than the last. */
  learn(event: Trade | Quote): void
  /** Decides whether to speak at a time from the last event on; changes nothing. */
  judge(time: number): Abstention | undefined
  /** The forecast at that time, when the judgement is to speak. */
  forecast(time: number): Forecast
  /** Its state in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/**
 * Makes a streaming model of what is peculiar to it: which events count, when to be silent, clones and snapshots.
 *
 * An event with a figure that is no number or no price is not learned from; until the next good one the model abstains.
 */
export function tapeModel(create: () => TapeForecaster): StreamingModel {
  const own = create()
  const { id, name, warmup, horizon } = own
  const cold = abstention(name, 'cold', 'too few trades')
  const bad = abstention(name, 'nan', 'the last event has a figure that is none')
  const stale = abstention(name, 'expired', 'the last event is older than the horizon')
  const early = abstention(name, 'expired', 'asked about a time before the last event')
  let [count, lastTime, isBad] = [0, Number.NEGATIVE_INFINITY, 0]
  const parts = (): Float64Array[] => [Float64Array.of(count, lastTime, isBad), ...own.parts()]
  return {
    id,
    horizon,
    warmup,
    schema: '',
    update(event) {
      if (!isRead(event, own.reads) || event.time < lastTime) return
      isBad = isSoundTapeEvent(event) ? 0 : 1
      lastTime = event.time
      if (isBad) return
      count++
      own.learn(event)
    },
    predict(row) {
      if (isBad) return bad
      if (count < warmup) return cold
      if (row.time < lastTime) return early
      if (row.time - lastTime > horizon) return stale
      return own.judge(row.time) ?? own.forecast(row.time)
    },
    clone() {
      const copy = tapeModel(create)
      copy.restore(joinState(id, parts()))
      return copy
    },
    snapshot: () => joinState(id, parts()),
    restore(state) {
      const [seen, ...rest] = splitState(id, parts(), state)
      ;[count, lastTime, isBad] = seen as unknown as [number, number, number]
      own.restoreParts(rest)
    },
  }
}

function isRead(event: MarketEvent, reads: TapeForecaster['reads']): event is Trade | Quote {
  return event.kind === 'trade' || (event.kind === 'quote' && reads === 'trades and quotes')
}
