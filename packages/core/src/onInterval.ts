import type { Bar } from './bar.js'
import { bucketOffset } from './bucketOffset.js'
import { ConfigError } from './errors.js'
import type { InstrumentId } from './instrument.js'
import type { Intent, Strategy, StrategyDefinition, Wish } from './strategy.js'
import { strategyHooks } from './strategyHooks.js'
import { type Duration, duration, type Timestamp } from './time.js'

/**
 * The same strategy, deciding on longer bars than it is fed: `ensemble` on hours becomes `ensemble@1h` and may trade on minutes.
 *
 * Bars are gathered into the whole buckets of `resampleBars`, which end at multiples of the interval since 1970, weeks on Monday; a
 * bucket is shown at its close, or, where its last bars are missing, at the first bar after it. A first one that began before the
 * data, and what has begun and not ended, is not shown. Orders fill on the short bars. Bars that are a multiple of the interval pass
 * as they are.
 *
 * @param interval - Milliseconds, or text such as `'1h'`.
 * @throws ConfigError if the interval is no span of time; while it runs, `BAD_INTERVAL` at bars that do not fit into it.
 * @example
 * onInterval(smaCross, '1h').name // => 'sma-cross@1h'
 */
export function onInterval<Params extends object>(
  definition: StrategyDefinition<Params>,
  interval: number | string,
): StrategyDefinition<Params> {
  const step = duration(interval)
  return {
    ...definition,
    name: `${definition.name}@${typeof interval === 'number' ? `${interval}ms` : interval}`,
    create(params) {
      const inner = definition.create(params)
      const { onBar } = inner
      if (onBar === undefined) return inner
      const buckets = new Map<InstrumentId, Bucket>()
      return {
        ...boundHooks(inner),
        onBar(bar, view) {
          let bucket = buckets.get(bar.instrument)
          if (bucket === undefined) {
            bucket = new Bucket(step, bar)
            buckets.set(bar.instrument, bucket)
          }
          return bucket.take(bar, (whole) => onBar.call(inner, whole, view))
        },
      }
    },
  }
}

/** The hooks of a strategy, those of its class too, as functions of their own. */
function boundHooks(inner: Strategy): Strategy {
  return Object.fromEntries(strategyHooks.flatMap((hook) => (inner[hook] ? [[hook, inner[hook].bind(inner)]] : [])))
}

type Show = (whole: Bar) => Wish

/** One bar in the making, shown like a cursor: valid during the call that receives it. */
class Bucket implements Bar {
  readonly kind = 'bar'
  readonly instrument: InstrumentId
  time = 0 as Timestamp
  open = 0
  high = 0
  low = 0
  close = 0
  volume = 0
  readonly interval: Duration
  private readonly step: Duration
  private readonly offset: Duration
  /** End of a first bucket that began before the data. */
  private readonly partialEnd: number
  private begun = false

  constructor(step: Duration, { instrument, time, interval = step }: Bar) {
    if (step % interval !== 0 && interval % step !== 0) throw badFit(instrument, interval, step)
    this.instrument = instrument
    this.interval = Math.max(interval, step)
    this.step = step
    this.offset = bucketOffset(step)
    const end = this.endOf(time)
    this.partialEnd = interval < step && time - interval > end - step ? end : Number.NEGATIVE_INFINITY
  }

  private endOf(time: number): number {
    return Math.ceil((time - this.offset) / this.step) * this.step + this.offset
  }

  take(bar: Bar, show: Show): Wish {
    const end = this.endOf(bar.time)
    if (end === this.partialEnd) return undefined
    const late = this.begun && end !== this.time ? show(this) : undefined
    if (this.begun && end === this.time) this.extend(bar)
    else this.begin(bar, end as Timestamp)
    this.begun = bar.time !== end
    return this.begun ? late : both(late, show(this))
  }

  private begin(bar: Bar, end: Timestamp): void {
    this.time = end
    this.open = bar.open
    this.high = bar.high
    this.low = bar.low
    this.close = bar.close
    this.volume = bar.volume
  }

  private extend(bar: Bar): void {
    if (bar.high > this.high) this.high = bar.high
    if (bar.low < this.low) this.low = bar.low
    this.close = bar.close
    this.volume += bar.volume
  }
}

function badFit(instrument: InstrumentId, interval: Duration, step: Duration): ConfigError {
  return new ConfigError(`Bars of ${interval} ms of ${instrument} do not fit into bars of ${step} ms.`, {
    code: 'BAD_INTERVAL',
    hints: ['The interval is a multiple of the length of the bars.'],
  })
}

function both(first: Wish, second: Wish): Wish {
  if (first === undefined) return second
  if (second === undefined) return first
  return [first, second].flat() as readonly Intent[]
}
