import type { EquityRows } from './observer.js'

/** Doubles the room of equity rows. */
export function growRows(rows: EquityRows): void {
  const size = Math.max(1024, rows.time.length * 2)
  const time = new Float64Array(size)
  const equity = new Float64Array(size)
  time.set(rows.time)
  equity.set(rows.equity)
  rows.time = time
  rows.equity = equity
}
