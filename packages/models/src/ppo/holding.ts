/** Rows that can be traded: what is known at each, and the price at which a change is made there. */
export interface TradedRows {
  readonly prices: Float64Array
  /** Row-major and scaled: column `c` of row `r` is `features[r * columns + c]`. */
  readonly features: Float32Array
  readonly columns: number
}

/** What an agent holds on its way through rows. */
export interface Holding {
  readonly row: number
  /** -1, 0 or 1. */
  readonly exposure: number
  /** Starts at a row with nothing held. */
  reset(row: number): void
  /** Writes the features of the row, then what is held. */
  observe(observation: Float32Array): void
  /** Takes the exposure numbered `action`, goes to the next row and returns the gain as a ratio of the price, after costs. */
  move(action: number): number
}

/** Exposures an agent chooses from, by the number of the action. */
export const exposures: readonly number[] = [-1, 0, 1]

/** Numbers that an observation has after the features: which exposure is held, as one of three, and the unrealised gain. */
export const ownNumbers = exposures.length + 1
/** Unrealised gains of so many deviations of one row's return are seen as 1. */
const gainScale = 10

/**
 * Writes what is held after the features. Each exposure has a number of its own: seen as one number, staying flat would be far
 * harder to learn than staying long or short.
 */
export function writeHeld(observation: Float32Array, at: number, exposure: number, gain: number): void {
  for (let index = 0; index < exposures.length; index++) observation[at + index] = exposures[index] === exposure ? 1 : 0
  observation[at + exposures.length] = Math.min(Math.max(gain, -1), 1)
}

/** What `createHolding` takes. */
export interface HoldingOptions {
  /** Paid for a change of exposure by 1, as a ratio of the price. */
  readonly costs: number
  /** Deviation of the return of one row, the unit of unrealised gains. */
  readonly unit: number
}

/** Follows what an agent holds on its way through rows. */
export function createHolding({ prices, features, columns }: TradedRows, { costs, unit }: HoldingOptions): Holding {
  let [row, exposure, entry] = [0, 0, 0]
  return {
    get row() {
      return row
    },
    get exposure() {
      return exposure
    },
    reset(start) {
      row = start
      exposure = 0
      entry = 0
    },
    observe(observation) {
      for (let column = 0; column < columns; column++) observation[column] = features[row * columns + column]!
      const gain = exposure === 0 ? 0 : (exposure * (prices[row]! / entry - 1)) / (unit * gainScale)
      writeHeld(observation, columns, exposure, gain)
    },
    move(action) {
      const wanted = exposures[action]!
      const change = Math.abs(wanted - exposure)
      if (change > 0) entry = prices[row]!
      exposure = wanted
      row++
      return exposure * (prices[row]! / prices[row - 1]! - 1) - costs * change
    },
  }
}
