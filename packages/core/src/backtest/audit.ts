import type { Kernel } from '../engine/kernel.js'
import type { EquityRows, FillObserver } from '../engine/observer.js'
import type { RiskReason } from '../risk.js'
import { createLimitLog } from './limitLog.js'
import type { LimitRow, RefusalCount, TripRow } from './report.js'
import type { TradeLog } from './tradeLog.js'

/** Counts what rules refused, shrank and tripped during a run, and follows how much of their limits was in use. */
export interface Audit extends FillObserver {
  readonly rows: EquityRows
  readonly faults: readonly string[]
  /** Names the engine that it listens to; called once, before anything happens. */
  attach(kernel: Kernel): void
  refusals(): readonly RefusalCount[]
  limits(): readonly LimitRow[]
  trips(): readonly TripRow[]
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const faultsKept = 20

/** A figure to eight digits: what lies behind is exact money. */
function short(figure: string): string {
  return /^-?\d+\.\d{3,}$/.test(figure) ? String(Number(Number(figure).toPrecision(8))) : figure
}

/** Listens to an engine on behalf of a report. */
export function createAudit(log: TradeLog, rowsExpected: number): Audit {
  const counts = new Map<string, Mutable<RefusalCount>>()
  const trips: Mutable<TripRow>[] = []
  const faults: string[] = []
  const limits = createLimitLog()
  const count = (reason: RiskReason, time: number): Mutable<RefusalCount> => {
    const key = `${reason.code} ${reason.rule}`
    let row = counts.get(key)
    if (row === undefined) {
      const { code, rule, limit, got, unit } = reason
      row = {
        code,
        rule,
        refused: 0,
        shrunk: 0,
        firstTime: time,
        lastTime: time,
        example: `${short(got)} against ${short(limit)} (${unit})`,
        cutMean: 0,
        cutMost: 0,
      }
      counts.set(key, row)
    }
    row.lastTime = time
    return row
  }
  const refusals = (): readonly RefusalCount[] =>
    [...counts.values()].sort((a, b) => b.refused + b.shrunk - a.refused - a.shrunk)
  return {
    rows: { length: 0, time: new Float64Array(rowsExpected), equity: new Float64Array(rowsExpected), exposed: 0 },
    faults,
    onFill: (record, fill, held, fee) => log.onFill(record, fill, held, fee),
    attach: (kernel) => limits.attach(kernel),
    onRefused({ reason }, time) {
      count(reason, time).refused++
    },
    onShrunk(shrink, time) {
      const row = count(shrink, time)
      const cut = 1 - shrink.to / shrink.from
      row.shrunk++
      row.cutMean += (cut - row.cutMean) / row.shrunk
      if (cut > row.cutMost) row.cutMost = cut
    },
    onLow: (equity, time) => limits.onLow(equity, time),
    onDayEnd: (end, time) => limits.onDayEnd(end, time),
    onMoved: (time) => limits.onMoved(time),
    onTrip({ mode, reason }, time) {
      const { code, rule, limit, got } = reason
      trips.push({ time, code, rule, mode, limit, got, until: undefined })
    },
    onTripEnd(code, time) {
      for (const trip of trips) if (trip.code === code && trip.until === undefined) trip.until = time
    },
    onFault(message) {
      if (faults.length < faultsKept) faults.push(message)
    },
    refusals,
    limits: () => limits.rows(refusals()),
    trips: () => trips,
  }
}
