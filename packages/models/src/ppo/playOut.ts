import { createHolding, exposures, ownNumbers, type TradedRows } from './holding.js'

/** How a way of trading did on rows. */
export interface PlayedRows {
  /** Sum of returns after costs, as a ratio of the price. */
  readonly gain: number
  /** Sum of the changes of exposure. */
  readonly turnover: number
  /** Mean size of the exposure. */
  readonly exposure: number
}

/** What `playOut` takes. */
export interface PlayOutOptions {
  readonly costs: number
  /** Deviation of the return of one row. */
  readonly unit: number
  /** The action for an observation and the number of what is held. */
  choose(observation: Float32Array, held: number): number
}

/** Trades once through all rows, starting flat. */
export function playOut(rows: TradedRows, { costs, unit, choose }: PlayOutOptions): PlayedRows {
  const holding = createHolding(rows, { costs, unit })
  const seen = new Float32Array(rows.columns + ownNumbers)
  const steps = rows.prices.length - 1
  let [gain, turnover, exposure] = [0, 0, 0]
  holding.reset(0)
  for (let step = 0; step < steps; step++) {
    const before = holding.exposure
    holding.observe(seen)
    gain += holding.move(choose(seen, exposures.indexOf(before)))
    turnover += Math.abs(holding.exposure - before)
    exposure += Math.abs(holding.exposure)
  }
  return { gain, turnover, exposure: exposure / steps }
}
