import { ConfigError, createHasher, log, type MarketEvent } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { isSoundTapeEvent } from '../isSoundTapeEvent.js'
import { type OrderFlowOptions, type OrderFlowSettings, orderFlowSettings } from './orderFlowOptions.js'
import { tapeFlow } from './tapeFlow.js'

/** The schema of rows made with these settings. */
export function flowSchema({ windows, horizon, step }: OrderFlowSettings, names: readonly string[]): string {
  return createHasher()
    .text(`flow 1 ${names.join(' ')} ${windows.join(' ')} ${horizon} ${step}`)
    .digest()
}

/**
 * Turns a tape into rows to train `orderFlowKind` on: features each `step`, labelled with the log return over `horizon`.
 *
 * Rows are those that `orderFlow` would learn from, at the same times and with the same numbers as float32. Classes are 0 for a fall, 1
 * for no move and 2 for a rise. Rows whose horizon lies beyond the end of the tape are left out.
 *
 * @param events - In time order; all but trades and quotes are passed over, as are those with a figure that is none and those older
 * than the last.
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range or `source` is `bars`, `NO_ROWS` if no row is left.
 * @example
 * const data = flowDataset(tape, { windows: [1_000, 10_000], horizon: 5_000 })
 * data.names // => ['tradeImbalance(1000)', 'tradeImbalance(10000)', 'quoteImbalance(1000)', …]
 */
export function flowDataset(events: readonly MarketEvent[], options: OrderFlowOptions = {}): Dataset {
  const settings = orderFlowSettings(options)
  if (settings.source === 'bars') {
    throw new ConfigError('A dataset of order flow is made of trades and quotes, not of bars.', {
      code: 'BAD_PARAMETER',
      hints: ['orderFlow({ source: "bars" }) learns as it goes and needs no training.'],
    })
  }
  const { windows, horizon } = settings
  const flow = tapeFlow(windows)
  const samples = sampled(events, settings)
  const rows = samples.filter(({ move }) => !Number.isNaN(move))
  if (rows.length === 0) {
    throw new ConfigError(`A tape of ${events.length} events gives no labelled row.`, {
      code: 'NO_ROWS',
      hints: [`It must reach over more than the horizon of ${horizon} ms.`],
    })
  }
  const features = new Float32Array(rows.length * flow.width)
  for (const [row, sample] of rows.entries()) {
    for (let column = 0; column < flow.width; column++) features[column * rows.length + row] = sample.features[column]!
  }
  return {
    schema: flowSchema(settings, flow.names),
    names: flow.names,
    rows: rows.length,
    features,
    times: Float64Array.from(rows, ({ time }) => time),
    prices: Float64Array.from(rows, ({ price }) => price),
    labels: {
      spec: { kind: 'flowReturn', horizon },
      classCount: 3,
      classes: Uint8Array.from(rows, ({ move }) => 1 + Math.sign(move)),
      returns: Float64Array.from(rows, ({ move }) => move),
      ends: Float64Array.from(rows, ({ time }) => time + horizon),
      weights: new Float64Array(rows.length).fill(1),
    },
  }
}

interface Sample {
  readonly time: number
  readonly price: number
  readonly features: Float64Array
  /** `NaN` until the horizon has passed. */
  move: number
}

function sampled(events: readonly MarketEvent[], { windows, horizon, step }: OrderFlowSettings): Sample[] {
  const flow = tapeFlow(windows)
  const samples: Sample[] = []
  let [nextSample, lastTime, open] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const event of events) {
    if ((event.kind !== 'trade' && event.kind !== 'quote') || event.time < lastTime) continue
    const { time } = event
    lastTime = time
    if (!isSoundTapeEvent(event)) continue
    const price = flow.price()
    if (time > nextSample) {
      if (price > 0) {
        const features = new Float64Array(flow.width)
        flow.read(nextSample, features)
        samples.push({ time: nextSample, price, features, move: Number.NaN })
      }
      nextSample = (Math.floor(time / step) + 1) * step
    }
    for (; open < samples.length && samples[open]!.time + horizon < time; open++) {
      samples[open]!.move = log(price / samples[open]!.price)
    }
    flow.take(event)
  }
  return samples
}
