import { type Bars, barColumns, createBars } from '../bar.js'
import { ConfigError } from '../errors.js'
import { DataError } from './dataError.js'

/**
 * Joins series of one instrument and interval into one, in the order given; each begins after the end of the one before.
 *
 * @throws ConfigError `NO_DATA` if the list is empty.
 * @throws DataError `BARS_DO_NOT_FIT` if instrument or interval differ, or times do not rise from one series to the next.
 */
export function concatBars(list: readonly Bars[]): Bars {
  const first = list[0]
  if (!first) throw new ConfigError('No bars were given.', { code: 'NO_DATA' })
  const whole = createBars(
    first.instrument,
    first.interval,
    list.reduce((sum, bars) => sum + bars.length, 0),
  )
  let length = 0
  for (const [index, bars] of list.entries()) {
    const problem = misfit(first, bars, length === 0 ? Number.NEGATIVE_INFINITY : whole.time[length - 1]!)
    if (problem) throw unfit(index, problem)
    for (const name of barColumns) whole[name].set(bars[name], length)
    length += bars.length
  }
  return whole
}

function misfit(first: Bars, bars: Bars, end: number): string | undefined {
  if (bars.instrument !== first.instrument) return `is of "${bars.instrument}", the first of "${first.instrument}"`
  if (bars.interval !== first.interval) return `has bars of ${bars.interval} ms, the first of ${first.interval} ms`
  // Written so that a NaN does not pass.
  if (bars.length === 0 || bars.time[0]! > end) return undefined
  return `begins at ${bars.time[0]}, not after ${end} where the one before it ends`
}

function unfit(index: number, problem: string): DataError {
  return new DataError(`Series ${index} ${problem}.`, {
    code: 'BARS_DO_NOT_FIT',
    hints: ['Join series of one instrument and interval, oldest first, without overlap.'],
  })
}
