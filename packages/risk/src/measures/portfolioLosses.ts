import { type Scenarios, scenarioColumn } from './scenarioMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/**
 * Value of each position by instrument, in the settlement currency; negative when short. Orders under way count at
 * worst case.
 */
export type Exposures = Readonly<Record<string, number>>

/**
 * What today's positions would have lost in each scenario; losses are positive. Zeros for an empty portfolio.
 *
 * Unavailable with `NOT_FINITE` for an exposure that is no finite number, and with `NO_HISTORY` for a position in an
 * instrument that the scenarios lack.
 *
 * @example
 * portfolioLosses(scenarios, { 'BTC-USDT.binance': 500 }) // => Float64Array, 500 times the negative of each return
 */
export function portfolioLosses(scenarios: Scenarios, exposures: Exposures): Float64Array | Unavailable {
  const vector = exposureVector(scenarios.instruments, exposures)
  if (!(vector instanceof Float64Array)) return vector
  const losses = new Float64Array(scenarios.rows)
  addLosses(scenarios, vector, losses)
  return losses
}

/** Adds the losses of positions, in column order of the scenarios, to `losses`. */
export function addLosses(scenarios: Scenarios, vector: Float64Array, losses: Float64Array): void {
  for (let index = 0; index < vector.length; index++) {
    if (vector[index] === 0) continue
    addColumn(scenarioColumn(scenarios, index), vector[index]!, losses)
  }
}

/** Takes `value` times each return off the losses. */
export function addColumn(column: Float64Array, value: number, losses: Float64Array): void {
  for (let row = 0; row < losses.length; row++) losses[row]! -= value * column[row]!
}

/** Exposures in column order, or why there are none. */
export function exposureVector(instruments: readonly string[], exposures: Exposures): Float64Array | Unavailable {
  const vector = new Float64Array(instruments.length)
  for (const [instrument, value] of Object.entries(exposures)) {
    if (!Number.isFinite(value)) {
      return unavailable('NOT_FINITE', 'finite exposures', `"${value}" of ${instrument}`)
    }
    const index = instruments.indexOf(instrument)
    if (index >= 0) vector[index] = value
    else if (value !== 0) return unavailable('NO_HISTORY', `returns of ${instrument}`, 'none')
  }
  return vector
}
