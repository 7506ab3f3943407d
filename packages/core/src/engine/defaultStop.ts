import type { Bar } from '../bar.js'
import { ConfigError } from '../errors.js'

/** Where a position gets its protective stop when the intent names none. */
export type DefaultStopOptions =
  | 'none'
  /** A share of the price away from it, between 0 and 1. */
  | { readonly kind: 'fraction'; readonly ratio: number }
  /** `multiple` average true ranges away; without a stop while the range is cold. */
  | { readonly kind: 'atr'; readonly multiple: number; readonly period: number }

/** A default stop ready for use. */
export interface DefaultStop {
  /** Running average true range by slot, where the stop needs one. */
  readonly atr: TrueRanges | undefined
  /** Distance from the price, `NaN` while unknown. */
  distance(slot: number, price: number): number
}

/** Average true range (Wilder 1978) of every slot. */
export interface TrueRanges {
  update(slot: number, bar: Bar): void
}

/**
 * Prepares the default stop for a number of instruments.
 *
 * @throws ConfigError if a ratio is not between 0 and 1, a multiple not positive, or a period no integer ≥ 1.
 */
export function createDefaultStop(options: DefaultStopOptions, slots: number): DefaultStop {
  if (options === 'none') return { atr: undefined, distance: () => Number.NaN }
  if (options.kind === 'fraction') {
    const { ratio } = options
    if (!(ratio > 0 && ratio < 1)) throw badStop(`ratio "${ratio}" is not between 0 and 1`)
    return { atr: undefined, distance: (_slot, price) => Math.abs(price) * ratio }
  }
  const { multiple, period } = options
  if (!(multiple > 0 && multiple < Number.POSITIVE_INFINITY)) throw badStop(`multiple "${multiple}" is not positive`)
  if (!(Number.isInteger(period) && period >= 1)) throw badStop(`period "${period}" is not an integer ≥ 1`)
  const ranges = createTrueRanges(slots, period)
  return { atr: ranges, distance: (slot) => multiple * ranges.average(slot) }
}

function badStop(message: string): ConfigError {
  return new ConfigError(`Default stop: ${message}.`, {
    code: 'BAD_PARAMETER',
    hints: ["'none', { kind: 'fraction', ratio: 0.05 } or { kind: 'atr', multiple: 3, period: 14 }."],
  })
}

function createTrueRanges(slots: number, period: number): TrueRanges & { average(slot: number): number } {
  const previousClose = new Float64Array(slots).fill(Number.NaN)
  const averages = new Float64Array(slots)
  const counts = new Float64Array(slots)
  return {
    update(slot, bar) {
      const previous = previousClose[slot]!
      previousClose[slot] = bar.close
      if (Number.isNaN(previous)) return
      const range = Math.max(bar.high, previous) - Math.min(bar.low, previous)
      const count = Math.min(counts[slot]! + 1, period)
      counts[slot] = count
      averages[slot]! += (range - averages[slot]!) / count
    },
    average: (slot) => (counts[slot]! >= period ? averages[slot]! : Number.NaN),
  }
}
