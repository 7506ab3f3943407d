import { ConfigError, normalCdf } from '@astertrade/core'
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.js'

/** What `leastSquares` takes. */
export interface LeastSquaresOptions {
  /** Names and values of what explains, each as long as `target`; an intercept is added. */
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly target: Float64Array
  /** Lags up to which residuals may be correlated, for Newey-West errors (default 0, which is White's). */
  readonly lags?: number
}

/** One coefficient of a regression. */
export interface Coefficient {
  readonly value: number
  readonly standardError: number
  readonly tStatistic: number
  /** Chance of so large a statistic, on either side, where the coefficient is 0; by the normal distribution. */
  readonly pValue: number
}

/** A fitted regression. */
export interface Regression {
  readonly kind: 'fitted'
  readonly rows: number
  readonly intercept: Coefficient
  readonly coefficients: Readonly<Record<string, Coefficient>>
  /** Share of the target's variance that is explained, from 0 to 1; 0 for a target that does not move. */
  readonly r2: number
}

/** Why there is no regression. */
export interface NoRegression {
  readonly kind: 'unavailable'
  /** `TOO_FEW_ROWS`, or `COLLINEAR` where a column is constant or made of the others. */
  readonly code: 'TOO_FEW_ROWS' | 'COLLINEAR'
}

const defaults = { lags: 0 } as const

/**
 * Ordinary least squares with an intercept, and standard errors that heteroskedastic and autocorrelated residuals do not spoil.
 *
 * Errors are those of Newey and West, A Simple, Positive Semi-definite, Heteroskedasticity and Autocorrelation Consistent
 * Covariance Matrix (1987), with Bartlett weights `1 - l / (lags + 1)` and the correction `n / (n - k)`. Columns are centred and
 * scaled inside. Rows with a value that is not finite are left out.
 *
 * @throws ConfigError `BAD_COLUMNS` if there is no column or lengths differ, `BAD_PARAMETER` if `lags` is no whole number from 0.
 * @example
 * leastSquares({ columns: { x: Float64Array.of(0, 1, 2, 3) }, target: Float64Array.of(1, 3, 5, 7) })
 * // => { kind: 'fitted', intercept: { value: 1, … }, coefficients: { x: { value: 2, … } }, r2: 1, … }
 */
export function leastSquares(options: LeastSquaresOptions): Regression | NoRegression {
  const { columns, target, lags } = { ...defaults, ...options }
  const names = Object.keys(columns)
  check(columns, target, lags)
  const width = names.length + 1
  const kept = finiteRows(columns, target)
  const rows = kept.length
  if (rows <= width) return { kind: 'unavailable', code: 'TOO_FEW_ROWS' }
  const design = names.map((name) => standardised(columns[name]!, kept))
  const matrix = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) {
    matrix[row * width] = 1
    for (let k = 1; k < width; k++) matrix[row * width + k] = design[k - 1]!.values[row]!
  }
  const y = Float64Array.from(kept, (row) => target[row]!)
  const factor = choleskyFactor(grams(matrix, width), width)
  if (factor === undefined) return { kind: 'unavailable', code: 'COLLINEAR' }
  const beta = choleskySolve(factor, crossProducts(matrix, y, width))
  const residuals = y.map((value, row) => value - dot(matrix, beta, row))
  const covariance = sandwich({ matrix, residuals, factor, width, lags })
  const back = unstandardise(design, width)
  const values = Array.from({ length: width }, (_, k) => combination(back[k]!, beta))
  const errors = back.map((weights) => Math.sqrt(Math.max(0, quadratic(weights, covariance))))
  const coefficients = names.map((name, k) => [name, coefficient(values[k + 1]!, errors[k + 1]!)] as const)
  return {
    kind: 'fitted',
    rows,
    intercept: coefficient(values[0]!, errors[0]!),
    coefficients: Object.fromEntries(coefficients),
    r2: explained(y, residuals),
  }
}

function check(columns: Readonly<Record<string, Float64Array>>, target: Float64Array, lags: number): void {
  const lengths = Object.values(columns).map((column) => column.length)
  if (lengths.length === 0 || lengths.some((length) => length !== target.length)) {
    throw new ConfigError(`Columns of ${lengths.join(', ') || 'no'} rows do not explain ${target.length} targets.`, {
      code: 'BAD_COLUMNS',
      hints: ['Give at least one column; each is as long as the target.'],
    })
  }
  if (!Number.isInteger(lags) || lags < 0) {
    throw new ConfigError(`lags "${lags}" is no whole number from 0.`, { code: 'BAD_PARAMETER' })
  }
}

function finiteRows(columns: Readonly<Record<string, Float64Array>>, target: Float64Array): number[] {
  const all = [...Object.values(columns), target]
  return Array.from(target.keys()).filter((row) => all.every((column) => Number.isFinite(column[row])))
}

interface Standardised {
  readonly values: Float64Array
  readonly center: number
  readonly scale: number
}

/** Scaled, so that units decide nothing about which matrix counts as singular. */
function standardised(column: Float64Array, kept: readonly number[]): Standardised {
  let center = 0
  for (const row of kept) center += column[row]! / kept.length
  let squares = 0
  for (const row of kept) squares += square(column[row]! - center)
  const spread = Math.sqrt(squares / kept.length)
  const scale = spread > 1e-12 * Math.abs(center) ? spread : 0
  return { values: Float64Array.from(kept, (row) => (scale > 0 ? (column[row]! - center) / scale : 0)), center, scale }
}

function square(value: number): number {
  return value * value
}

function grams(matrix: Float64Array, width: number): Float64Array {
  const sum = new Float64Array(width * width)
  for (let at = 0; at < matrix.length; at += width) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) sum[i * width + j]! += matrix[at + i]! * matrix[at + j]!
    }
  }
  return sum
}

function crossProducts(matrix: Float64Array, y: Float64Array, width: number): Float64Array {
  const sum = new Float64Array(width)
  for (let row = 0; row < y.length; row++) {
    for (let k = 0; k < width; k++) sum[k]! += matrix[row * width + k]! * y[row]!
  }
  return sum
}

function dot(matrix: Float64Array, beta: Float64Array, row: number): number {
  let sum = 0
  for (let k = 0; k < beta.length; k++) sum += matrix[row * beta.length + k]! * beta[k]!
  return sum
}

interface Sandwich {
  readonly matrix: Float64Array
  readonly residuals: Float64Array
  readonly factor: Float64Array
  readonly width: number
  readonly lags: number
}

/** Covariance of the estimates: the inverse of the cross products on either side of the sum of autocovariances. */
function sandwich({ matrix, residuals, factor, width, lags }: Sandwich): Float64Array {
  const rows = residuals.length
  const scores = matrix.map((value, at) => value * residuals[Math.floor(at / width)]!)
  const filling = new Float64Array(width * width)
  for (let lag = 0; lag <= Math.min(lags, rows - 1); lag++) {
    const weight = 1 - lag / (lags + 1)
    for (let row = lag; row < rows; row++) {
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) {
          const product = scores[row * width + i]! * scores[(row - lag) * width + j]!
          filling[i * width + j]! += weight * product
          if (lag > 0) filling[j * width + i]! += weight * product
        }
      }
    }
  }
  const bread = choleskyInverse(factor, width)
  const covariance = product(product(bread, filling, width), bread, width)
  return covariance.map((value) => (value * rows) / (rows - width))
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) out[i * size + j]! += a[i * size + k]! * b[k * size + j]!
    }
  }
  return out
}

/** For each coefficient in the units given, its weights on those of the scaled columns. */
function unstandardise(design: readonly Standardised[], width: number): Float64Array[] {
  const intercept = new Float64Array(width)
  intercept[0] = 1
  for (const [k, { center, scale }] of design.entries()) intercept[k + 1] = -center / scale
  const slopes = design.map(({ scale }, k) => {
    const weights = new Float64Array(width)
    weights[k + 1] = 1 / scale
    return weights
  })
  return [intercept, ...slopes]
}

function combination(weights: Float64Array, beta: Float64Array): number {
  return weights.reduce((sum, weight, k) => sum + weight * beta[k]!, 0)
}

function quadratic(weights: Float64Array, covariance: Float64Array): number {
  const size = weights.length
  let sum = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) sum += weights[i]! * covariance[i * size + j]! * weights[j]!
  }
  return sum
}

function coefficient(value: number, standardError: number): Coefficient {
  const tStatistic = value === 0 ? 0 : value / standardError
  return { value, standardError, tStatistic, pValue: 2 * normalCdf(-Math.abs(tStatistic)) }
}

function explained(y: Float64Array, residuals: Float64Array): number {
  const center = y.reduce((sum, value) => sum + value, 0) / y.length
  let [total, rest] = [0, 0]
  for (let row = 0; row < y.length; row++) {
    total += square(y[row]! - center)
    rest += square(residuals[row]!)
  }
  return total > 0 ? Math.max(0, 1 - rest / total) : 0
}
