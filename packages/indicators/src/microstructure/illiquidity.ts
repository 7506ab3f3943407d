import { rollingShares } from '../rollingShare.js'
import type { BarChanges } from '../signedVolumes.js'

/** Nothing without volume; `NaN` for a change that is. */
export function returnPerMoney(change: number, past: number, notional: number): number {
  return notional > 0 ? Math.abs(change / past) / notional : change - change
}

/** 1 for an input with volume, 0 without; `NaN` for a change that is. */
export function hasVolume(change: number, notional: number): number {
  return Number(notional > 0) + (change - change)
}

/** Amihud's illiquidity of columns: the mean return per money over those of `period` bars that had volume. */
export function illiquidity(
  { change, volume }: BarChanges,
  close: Float64Array,
  period: number,
  { lambda, r2 }: Readonly<Record<'lambda' | 'r2', Float64Array>>,
): void {
  const { length } = close
  const parts = new Float64Array(length)
  const wholes = new Float64Array(length)
  for (let index = 0, past = Number.NaN; index < length; index++) {
    const notional = Math.abs(close[index]!) * volume[index]!
    parts[index] = returnPerMoney(change[index]!, past, notional)
    wholes[index] = hasVolume(change[index]!, notional)
    if (!Number.isNaN(volume[index]!)) past = close[index]!
  }
  rollingShares(parts, wholes, { period, flat: 0 }, lambda)
  for (let index = 0; index < length; index++) r2[index] = lambda[index]! - lambda[index]!
}
