import type { FillRow, Report } from '../report.js'

/** Fees and traded value of some fills. */
export interface CostRow {
  readonly name: string
  readonly fills: number
  /** Price times quantity. */
  readonly notional: number
  readonly fees: number
  /** Fees over notional. */
  readonly rate: number
  /** Share of the notional that waited in the book. */
  readonly makerShare: number
}

/** What trading cost. */
export interface Costs {
  /** Profit of all trades, open ones at their marks, before fees. */
  readonly grossProfit: number
  readonly fees: number
  readonly netProfit: number
  /** Fees over gross profit; `NaN` where there was none. */
  readonly feeShare: number
  readonly total: CostRow
  /** The same for each instrument, by fees. */
  readonly instruments: readonly CostRow[]
}

/** Gathers what trading cost, in all and for each instrument. */
export function costs({ fills, statistics }: Report): Costs {
  const byInstrument = new Map<string, FillRow[]>()
  for (const fill of fills) {
    const own = byInstrument.get(fill.instrument)
    if (own) own.push(fill)
    else byInstrument.set(fill.instrument, [fill])
  }
  const netProfit = statistics.equityFinal - statistics.equityStart
  const grossProfit = netProfit + statistics.fees
  return {
    grossProfit,
    fees: statistics.fees,
    netProfit,
    feeShare: grossProfit > 0 ? statistics.fees / grossProfit : Number.NaN,
    total: costRow('all', fills),
    instruments: Array.from(byInstrument, ([name, own]) => costRow(name, own)).toSorted((a, b) => b.fees - a.fees),
  }
}

function costRow(name: string, fills: readonly FillRow[]): CostRow {
  let notional = 0
  let maker = 0
  let fees = 0
  for (const fill of fills) {
    const value = fill.price * fill.quantity
    notional += value
    if (fill.liquidity === 'maker') maker += value
    fees += fill.fee
  }
  return { name, fills: fills.length, notional, fees, rate: fees / notional, makerShare: maker / notional }
}
