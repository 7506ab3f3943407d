import { badAnswer, type Candle } from './candle.js'

/** Where a walk through history stands. Times are candle opens in milliseconds. */
export interface PageRange {
  /** Venue, for messages. */
  readonly venue: string
  /** First open that is still wanted. */
  readonly next: number
  /** First open that is no longer wanted: beyond the range, or not closed yet. */
  readonly end: number
  /** Length of a candle. */
  readonly step: number
  /** Candles asked for at a time. */
  readonly rows: number
}

/** What a page brought, and where the next one begins. */
export interface Page {
  /** In time order, each open once, all in `next <= time < end`. */
  readonly candles: readonly Candle[]
  readonly next: number
}

/**
 * Makes sense of one answer: sorts it, drops repetitions and what is outside the range, and says where to go on.
 *
 * An answer without a wanted candle means that nothing traded in this window: the walk goes on behind it, so it always ends.
 *
 * @throws VenueError with code `BAD_ANSWER` if the answer holds two different candles with one open.
 */
export function readPage(answer: readonly Candle[], range: PageRange): Page {
  const { venue, next, end, step, rows } = range
  const candles: Candle[] = []
  for (const candle of [...answer].sort((a, b) => a.time - b.time)) {
    const last = candles.at(-1)
    if (candle.time < next || candle.time >= end) continue
    if (last?.time !== candle.time) candles.push(candle)
    else if (!sameCandle(last, candle)) {
      throw badAnswer(`${venue} sent two different candles for ${new Date(candle.time).toISOString()}.`)
    }
  }
  const last = candles.at(-1)
  return { candles, next: last ? last.time + step : Math.min(next + rows * step, end) }
}

function sameCandle(a: Candle, b: Candle): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume
}
