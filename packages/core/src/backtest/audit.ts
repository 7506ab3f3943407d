import type { EquityRows, FillObserver } from '../engine/observer.js'
import type { RiskReason } from '../risk.js'
import type { RefusalCount, TripRow } from './report.js'
import type { TradeLog } from './tradeLog.js'

/** Counts what rules refused, shrank and tripped during a run. */
export interface Audit extends FillObserver {
  readonly rows: EquityRows
  readonly faults: readonly string[]
  refusals(): readonly RefusalCount[]
  trips(): readonly TripRow[]
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const faultsKept = 20

/** Listens to an engine on behalf of a report. */
export function createAudit(log: TradeLog, rowsExpected: number): Audit {
  const counts = new Map<string, Mutable<RefusalCount>>()
  const trips: Mutable<TripRow>[] = []
  const faults: string[] = []
  const count = (reason: RiskReason, time: number, kind: 'refused' | 'shrunk'): void => {
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
        example: `${got} against ${limit} (${unit})`,
      }
      counts.set(key, row)
    }
    row[kind]++
    row.lastTime = time
  }
  return {
    rows: { length: 0, time: new Float64Array(rowsExpected), equity: new Float64Array(rowsExpected), exposed: 0 },
    faults,
    onFill: (record, fill, held, fee) => log.onFill(record, fill, held, fee),
    onRefused: (refused, time) => count(refused.reason, time, 'refused'),
    onShrunk: (reason, time) => count(reason, time, 'shrunk'),
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
    refusals: () => [...counts.values()].sort((a, b) => b.refused + b.shrunk - a.refused - a.shrunk),
    trips: () => trips,
  }
}
