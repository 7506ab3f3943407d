import type { TapeOptions } from '@astertrade/exchanges/tape'
import type { RecordedMarket } from './marketSource.js'

/** How the files of a market are read. */
export function tapeOptions({ instrument, interval, timeIs, onDefect }: RecordedMarket): TapeOptions {
  return {
    ...(interval !== undefined && { interval }),
    ...(timeIs !== undefined && { timeIs }),
    ...(onDefect !== undefined && { onDefect }),
    ...(instrument !== undefined && { instrument }),
  }
}
