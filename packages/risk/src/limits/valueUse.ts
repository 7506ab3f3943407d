import type { Instrument, RiskView } from '@astertrade/core'
import { grossNear } from './grossExact.js'

/** Share in use of a limit on the value of each group of instruments, as a share of equity: that of the fullest group. */
export function valueUse(view: RiskView, groups: Iterable<readonly Instrument[]>, limit: number): number {
  const room = view.equity * limit
  let use = room > 0 ? 0 : Number.NaN
  for (const instruments of groups) use = Math.max(use, grossNear(view, instruments) / room)
  return use
}
