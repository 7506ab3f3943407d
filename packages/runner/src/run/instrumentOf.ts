import { type Bars, defineInstrument, type Grid, type Instrument } from '@astertrade/core'
import { inferInstrument } from '@astertrade/core/backtest'

/** Grids as decimal text, in place of those that fit the data. */
export interface Grids {
  readonly tick?: string | undefined
  readonly lot?: string | undefined
  /** Smallest value of an order (default: none). */
  readonly minNotional?: number | undefined
}

/** The instrument of a series: on grids that fit it, replaced where others are given. */
export function instrumentOf(bars: Bars, { tick, lot, minNotional = 0 }: Grids): Instrument {
  const id = bars.instrument
  if (tick !== undefined && lot !== undefined) return defineInstrument({ id, tick, lot, minNotional })
  const fitting = inferInstrument(bars)
  if (tick === undefined && lot === undefined && minNotional === 0) return fitting
  return defineInstrument({
    id,
    tick: tick ?? decimalText(fitting.tick),
    lot: lot ?? decimalText(fitting.lot),
    minNotional,
  })
}

function decimalText({ size, decimals }: Grid): string {
  return size.toFixed(decimals)
}
