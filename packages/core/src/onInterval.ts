import type { Bar } from './bar.js'
import type { InstrumentId } from './instrument.js'
import type { Intent, Strategy, StrategyDefinition, Wish } from './strategy.js'
import { strategyHooks } from './strategyHooks.js'
import { type Duration, duration, type Timestamp } from './time.js'

/**
 * The same strategy, deciding on longer bars than it is fed: `ensemble` on hours becomes `ensemble@1h` and may trade on minutes.
 *
 * Bars are gathered into whole buckets that end at multiples of the interval since 1970; a bucket is shown at its close, or, where
 * its last bars are missing, at the first bar after it. What has begun and not ended is not shown. Orders fill on the short bars.
 * Bars that are longer than the interval pass as they are.
 *
 * @param interval - Milliseconds, or text such as `'1h'`.
 * @throws ConfigError if the interval is no span of time.
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
            bucket = new Bucket(bar.instrument, step)
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
  private readonly step: Duration
  private begun = false

  constructor(instrument: InstrumentId, step: Duration) {
    this.instrument = instrument
    this.step = step
  }

  take(bar: Bar, show: Show): Wish {
    const end = Math.ceil(bar.time / this.step) * this.step
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

function both(first: Wish, second: Wish): Wish {
  if (first === undefined) return second
  if (second === undefined) return first
  return [first, second].flat() as readonly Intent[]
}
