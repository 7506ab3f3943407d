import type { DrawdownSummary } from '../stats/drawdownEpisodes.js'
import { createDrawdownTracker } from '../stats/drawdownTracker.js'
import { dayMs } from '../time.js'
import { type DailyReturns, dayOf } from './dailyReturns.js'
import type { EquityCurve } from './report.js'

/** What statistics need to know of an equity curve, whatever its length. */
export interface EquityFigures {
  readonly rows: number
  readonly start: number
  readonly final: number
  readonly peak: number
  readonly mean: number
  readonly firstTime: number
  readonly lastTime: number
  readonly drawdown: DrawdownSummary
  readonly daily: DailyReturns
}

/** Follows an equity curve in pieces; one piece or many give the same figures, bit for bit. */
export interface EquityTracker {
  add(curve: EquityCurve): void
  figures(): EquityFigures
}

/** Starts to follow a curve; `equityStart` is the equity before its first row (default: the first row). */
export function createEquityTracker(equityStart?: number): EquityTracker {
  const drawdown = createDrawdownTracker()
  const [days, closes]: [number[], number[]] = [[], []]
  let [rows, sum, start, peak] = [0, 0, equityStart ?? Number.NaN, Number.NaN]
  let [firstTime, lastTime, last, dayEnd, firstDayRows] = [
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    0,
  ]
  const endDay = (): void => {
    days.push(dayEnd - dayMs)
    closes.push(last)
  }
  return {
    add({ length, time, equity }) {
      for (let i = 0; i < length; i++) {
        const [at, value] = [time[i]!, equity[i]!]
        if (rows === 0) {
          if (Number.isNaN(start)) start = value
          peak = start
          firstTime = at
          drawdown.add(at, start)
        }
        if (at > dayEnd) {
          if (rows > 0) endDay()
          dayEnd = dayOf(at) + dayMs
        }
        if (days.length === 0) firstDayRows++
        drawdown.add(at, value)
        if (value > peak) peak = value
        sum += value
        rows++
        lastTime = at
        last = value
      }
    },
    figures() {
      const [allDays, allCloses] = [[...days], [...closes]]
      if (rows > 0) {
        allDays.push(dayEnd - dayMs)
        allCloses.push(last)
      }
      // A first day of one row that equals the start has no return: nothing can have happened.
      const skipped = firstDayRows === 1 && allCloses[0] === start ? 1 : 0
      return {
        rows,
        start,
        final: last,
        peak,
        mean: sum / rows,
        firstTime,
        lastTime,
        drawdown: drawdown.summary(),
        daily: returnsOf(allDays.slice(skipped), allCloses.slice(skipped), start),
      }
    },
  }
}

function returnsOf(days: readonly number[], closes: readonly number[], start: number): DailyReturns {
  const returns = closes.map((close, index) => {
    const before = index === 0 ? start : closes[index - 1]!
    return before > 0 ? (close - before) / before : Number.NaN
  })
  return { day: Float64Array.from(days), equity: Float64Array.from(closes), returns: Float64Array.from(returns) }
}
