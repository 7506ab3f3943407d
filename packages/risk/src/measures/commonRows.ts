import type { ReturnSeries } from './scenarioMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/**
 * For each series the places of the periods that all of them have. With `refuse` every series must have every period;
 * with `drop` the others are left out for all.
 */
export function commonRows(series: readonly ReturnSeries[], missing: 'refuse' | 'drop'): number[][] | Unavailable {
  for (const entry of series) {
    const flaw = flawOf(entry, missing)
    if (flaw) return flaw
  }
  const rows: number[][] = series.map(() => [])
  const places = series.map(() => 0)
  for (let time = latest(series, places); !Number.isNaN(time); time = latest(series, places)) {
    const all = series.every(({ times, returns }, index) => {
      while (times[places[index]!]! < time) places[index]!++
      return times[places[index]!] === time && !Number.isNaN(returns[places[index]!]!)
    })
    for (const [index, { times }] of series.entries()) {
      if (all) rows[index]!.push(places[index]!)
      if (times[places[index]!] === time) places[index]!++
    }
  }
  const uneven = series.find(({ times }) => times.length !== rows[0]!.length)
  if (missing === 'drop' || uneven === undefined) return rows
  const got = `${uneven.times.length} in ${uneven.instrument}, ${rows[0]!.length} in all`
  return unavailable('MISALIGNED', 'series with the same periods', got)
}

/** The latest of the next times, `NaN` once a series is at its end. */
function latest(series: readonly ReturnSeries[], places: readonly number[]): number {
  let time = Number.NEGATIVE_INFINITY
  for (const [index, { times }] of series.entries()) time = Math.max(time, times[places[index]!] ?? Number.NaN)
  return series.length === 0 ? Number.NaN : time
}

function flawOf({ instrument, times, returns }: ReturnSeries, missing: 'refuse' | 'drop'): Unavailable | undefined {
  for (let row = 0; row < times.length; row++) {
    const [time, before, value] = [times[row]!, row > 0 ? times[row - 1]! : Number.NEGATIVE_INFINITY, returns[row]!]
    if (!(Number.isFinite(time) && time > before)) {
      return unavailable('MISALIGNED', 'times that rise', `${time} after ${before} in ${instrument}`)
    }
    if (Number.isFinite(value) || (Number.isNaN(value) && missing === 'drop')) continue
    return unavailable('NOT_FINITE', 'finite returns', `"${value}" at ${row} of ${instrument}`)
  }
  return undefined
}
