import type { Bar } from '@astertrade/core'
import { OrderFlowImbalance } from '@astertrade/indicators'

/** Features of the flow that bars let guess. */
export interface BarFlow {
  readonly width: number
  /** Bars before all features have a value. */
  readonly warmup: number
  take(bar: Bar): void
  read(out: Float64Array): void
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Changes of the close in the deviation that splits the volume. */
const sigmaPeriod = 50

/** For each window, in bars, what bulk classification says was bought less sold, over the volume. */
export function barFlow(windows: readonly number[]): BarFlow {
  const flows = windows.map((period) => new OrderFlowImbalance({ period, sigma: sigmaPeriod }))
  return {
    width: windows.length,
    warmup: Math.max(...flows.map((flow) => flow.warmup)),
    take(bar) {
      for (const flow of flows) flow.next(bar)
    },
    read(out) {
      for (const [index, flow] of flows.entries()) {
        const value = flow.output('normalized')
        out[index] = Number.isNaN(value) ? 0 : value
      }
    },
    parts: () => flows.map((flow) => flow.snapshot()),
    restoreParts(parts) {
      for (const [index, flow] of flows.entries()) flow.restore(parts[index]!)
    },
  }
}
