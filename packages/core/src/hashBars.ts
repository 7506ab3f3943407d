import { type Bars, barColumns } from './bar.js'
import { createHasher } from './hasher.js'
import type { InstrumentId } from './instrument.js'
import type { Duration } from './time.js'

/** An incremental hash of one bar series. */
export interface BarsHasher {
  /** Adds the next bars; how a series is cut into pieces does not change the digest. */
  push(bars: Bars): BarsHasher
  /** SHA-256 of all bars so far in lower-case hex. */
  digest(): string
}

/** Starts a hash of a bar series that arrives in chunks. Its digest equals `hashBars` of the whole. */
export function createBarsHasher(instrument: InstrumentId, interval: Duration): BarsHasher {
  const columns = barColumns.map((name) => ({ name, hasher: createHasher() }))
  let length = 0
  const hasher: BarsHasher = {
    push(bars) {
      for (const column of columns) column.hasher.column(bars[column.name])
      length += bars.length
      return hasher
    },
    digest() {
      const whole = createHasher().text(instrument).number(interval).number(length)
      for (const column of columns) whole.text(column.hasher.digest())
      return whole.digest()
    },
  }
  return hasher
}

/** SHA-256 over instrument, interval and columns of a bar series: equal data, equal hash, wherever its memory lies. */
export function hashBars(bars: Bars): string {
  return createBarsHasher(bars.instrument, bars.interval).push(bars).digest()
}
