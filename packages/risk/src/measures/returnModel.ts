import { ledoitWolf } from '../portfolio/ledoitWolf.js'
import { cholesky, type LowerTriangle } from './cholesky.js'
import { solveLower } from './choleskySolve.js'
import { correlationOf } from './correlationOf.js'
import { meanSquare } from './meanSquare.js'
import { type Scenarios, scenarioColumns } from './scenarioMatrix.js'
import { degreesGrid, fitDegrees, mostLikelyDegrees } from './studentTRisk.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** Joint distribution of returns: Student-t margins around 0, tied together by a t-copula. */
export interface ReturnModel {
  readonly kind: 'model'
  readonly instruments: readonly string[]
  /** Root mean square of each instrument's returns; 0 for one that never moves. */
  readonly sigmas: Float64Array
  /** Degrees of freedom of each margin. */
  readonly degrees: Float64Array
  /** Degrees of freedom of the copula: the smaller, the more often extremes come together. */
  readonly copulaDegrees: number
  /** Cholesky factor of the copula's correlation. */
  readonly factor: LowerTriangle
  readonly scenarios: Scenarios
}

const needed = 120

/**
 * Fits Student-t margins and a t-copula to past returns.
 *
 * Each margin has mean 0, the root mean square of the returns, and the most likely degrees of freedom of 3 to 30. The
 * correlation is that of the returns over their σ, shrunk by Ledoit and Wolf toward the identity; the copula's degrees
 * of freedom are those of the multivariate Student-t distribution under which these are most likely. Demarta and
 * McNeil, The t Copula and Related Copulas (2005). Unavailable with `TOO_SHORT` below 120 periods, `CONSTANT` where
 * nothing moves, `NOT_FINITE` for returns too large to square, `SINGULAR` where no correlation can be factored.
 *
 * @example
 * const model = fitReturns(scenarios) // once a day
 * const simulated = model.kind === 'model' ? simulateReturns(model, draws) : model
 */
export function fitReturns(scenarios: Scenarios): ReturnModel | Unavailable {
  const { rows, instruments } = scenarios
  if (rows < needed) return unavailable('TOO_SHORT', `${needed} periods`, rows)
  const columns = scenarioColumns(scenarios)
  const sigmas = Float64Array.from(columns, (column) => Math.sqrt(meanSquare(column)))
  const worst = sigmas.find((sigma) => !Number.isFinite(sigma * sigma))
  if (worst !== undefined) return unavailable('NOT_FINITE', 'squares within the range of doubles', worst)
  if (sigmas.every((sigma) => sigma === 0)) return unavailable('CONSTANT', 'returns that differ', 0)
  const scratch = new Float64Array(rows)
  const degrees = Float64Array.from(columns, (column, index) => {
    const fitted = fitDegrees(column, sigmas[index]!, scratch)
    return Number.isNaN(fitted) ? degreesGrid.max : fitted
  })
  const standard = columns.map((column, index) =>
    column.map((value) => (sigmas[index]! > 0 ? value / sigmas[index]! : 0)),
  )
  const factor = cholesky(correlationOf(ledoitWolf(standard).covariance))
  if (factor.kind === 'unavailable') return factor
  const copulaDegrees = mostLikelyDegrees(squaredDistances(standard, factor), instruments.length)
  return { kind: 'model', instruments, sigmas, degrees, copulaDegrees, factor, scenarios }
}

function squaredDistances(standard: readonly Float64Array[], factor: LowerTriangle): Float64Array {
  const [row, solved] = [new Float64Array(factor.size), new Float64Array(factor.size)]
  return standard[0]!.map((_, at) => {
    for (let index = 0; index < row.length; index++) row[index] = standard[index]![at]!
    solveLower(factor, row, solved)
    let sum = 0
    for (let index = 0; index < solved.length; index++) sum += solved[index]! * solved[index]!
    return sum
  })
}
