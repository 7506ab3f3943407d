import { VenueError } from '@astertrade/core'

/** One candle as venues send it: `time` is its *open*, in milliseconds UTC. */
export interface Candle {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** In base units. */
  readonly volume: number
}

const names = ['time', 'open', 'high', 'low', 'close', 'volume'] as const

/**
 * Reads a page of `[time, open, high, low, close, volume]` rows.
 *
 * @throws VenueError with code `BAD_ANSWER` if the page is no list, or a row is no candle.
 */
export function decodeCandles(venue: string, page: unknown): readonly Candle[] {
  if (!Array.isArray(page)) throw badAnswer(`${venue} sent ${typeof page} in place of a list of candles.`)
  return page.map((row: unknown) => decodeCandle(venue, row))
}

/**
 * Reads one row. Whether its prices make sense together is left to the data stage.
 *
 * @throws VenueError with code `BAD_ANSWER` if the row is no list, or a value is missing, negative or not a finite number.
 */
export function decodeCandle(venue: string, row: unknown): Candle {
  if (!Array.isArray(row)) throw badAnswer(`${venue} sent ${typeof row} in place of a candle.`)
  for (const [column, name] of names.entries()) {
    const value: unknown = row[column]
    const sound = typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
    if (!sound || (name === 'time' && !Number.isSafeInteger(value))) {
      throw badAnswer(`${venue} sent a candle whose ${name} is ${printed(value)}: ${printed(row)}.`)
    }
  }
  const [time, open, high, low, close, volume] = row as [number, number, number, number, number, number]
  return { time, open, high, low, close, volume }
}

/** An answer that nobody can work with; asking again may bring a better one. */
export function badAnswer(message: string): VenueError {
  return new VenueError(message, { code: 'BAD_ANSWER', outcome: 'unknown', retryable: true })
}

function printed(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value)?.slice(0, 120) ?? 'missing')
}
