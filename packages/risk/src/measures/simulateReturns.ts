import { ConfigError } from '@astertrade/core'
import type { DrawSet } from './drawSet.js'
import type { ReturnModel } from './returnModel.js'
import type { Scenarios } from './scenarioMatrix.js'

/** Simulated returns of several instruments, one row per draw. */
export interface SimulatedReturns extends Scenarios {
  /** Periods that the model was fitted to. */
  readonly observations: number
}

/**
 * Simulates returns of one period from a fitted model. The same model and draws give the same returns to the last bit;
 * they depend on no position, so one simulation serves every portfolio until the model is fitted anew.
 *
 * @throws ConfigError `TOO_FEW_DRAWS` if the draws serve fewer assets than the model has.
 * @example
 * simulateReturns(model, drawSet({ seed: 1, assets: 2 })).rows // => 10000
 */
export function simulateReturns(model: ReturnModel, draws: DrawSet): SimulatedReturns {
  const { instruments, sigmas, degrees, copulaDegrees, factor, scenarios } = model
  if (draws.assets < instruments.length) {
    throw new ConfigError(`Draws for ${draws.assets} assets are too few for ${instruments.length} instruments.`, {
      code: 'TOO_FEW_DRAWS',
    })
  }
  const rows = draws.draws
  const values = new Float64Array(instruments.length * rows)
  const mixing = draws.mixing(copulaDegrees)
  for (let index = 0; index < instruments.length; index++) {
    const column = values.subarray(index * rows, (index + 1) * rows)
    correlate(factor.values.subarray(index * factor.size, index * factor.size + index + 1), draws.normals, column)
    const scale = sigmas[index]! * Math.sqrt((degrees[index]! - 2) / degrees[index]!)
    const carry = draws.carry(copulaDegrees, degrees[index]!)
    for (let row = 0; row < rows; row++) column[row] = scale * carry(mixing[row]! * column[row]!)
  }
  return { ...scenarios, rows, values, observations: scenarios.rows }
}

/** Weighted sum of columns of normals, four rows at a time so that each weight is read once for four. */
function correlate(weights: Float64Array, normals: Float64Array, out: Float64Array): void {
  const rows = out.length
  for (let row = 0; row < rows; row += 4) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!
      const at = k * rows + row
      a += weight * normals[at]!
      b += weight * normals[at + 1]!
      c += weight * normals[at + 2]!
      d += weight * normals[at + 3]!
    }
    out[row] = a
    out[row + 1] = b
    out[row + 2] = c
    out[row + 3] = d
  }
}
