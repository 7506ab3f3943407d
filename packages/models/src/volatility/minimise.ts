/** A function with its gradient: returns the value and writes the gradient. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number

/** When the search ends. */
export interface MinimiseOptions {
  /** Largest component of the gradient at which it has converged. */
  readonly tolerance: number
  readonly iterationsMax: number
}

/** Where the search ended. */
export interface Lowest {
  readonly point: Float64Array
  readonly value: number
  /** Largest component of the gradient there. */
  readonly steepness: number
  readonly converged: boolean
}

/** Runs a search to its end. */
export function endOf<Result>(search: Generator<undefined, Result, undefined>): Result {
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}

/**
 * Minimum of a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, with a line search that
 * halves its step until the function falls. Nocedal and Wright, Numerical Optimization (2006), algorithm 6.1.
 *
 * It yields before each of its steps, so that a search can be spread over time; `endOf` runs it at once.
 */
export function* minimise(
  objective: Objective,
  start: Float64Array,
  options: MinimiseOptions,
): Generator<undefined, Lowest, undefined> {
  const size = start.length
  let point = start.slice()
  let gradient = new Float64Array(size)
  let value = objective(point, gradient)
  const inverse = new Float64Array(size * size)
  let fresh = true
  let idle = 0
  resetTo(inverse, size, 1)
  for (let iteration = 0; iteration < options.iterationsMax && idle < idleMax; iteration++) {
    if (steepest(gradient) <= options.tolerance) break
    yield
    const direction = times(inverse, gradient, -1)
    const next = descend(objective, { point, value, gradient, direction })
    if (next === undefined) {
      // Along the gradient itself nothing falls any more: this is as low as doubles go.
      if (fresh) break
      resetTo(inverse, size, 1)
      fresh = true
      continue
    }
    const step = next.point.map((x, k) => x - point[k]!)
    const turn = next.gradient.map((g, k) => g - gradient[k]!)
    if (fresh && dot(step, turn) > 0) resetTo(inverse, size, dot(step, turn) / dot(turn, turn))
    fresh = !updateInverse(inverse, step, turn) && fresh
    idle = value - next.value > rounding * Math.abs(value) ? 0 : idle + 1
    point = next.point
    gradient = next.gradient
    value = next.value
  }
  const steepness = steepest(gradient)
  return { point, value, steepness, converged: steepness <= options.tolerance }
}

interface Place {
  readonly point: Float64Array<ArrayBuffer>
  readonly value: number
  readonly gradient: Float64Array<ArrayBuffer>
}

const enough = 1e-4
/** Differences of the value below this share of it are rounding. */
const rounding = 1e-15
const halvingsMax = 30
/** Steps without a fall that counts after which it is done. */
const idleMax = 3

function descend(objective: Objective, from: Place & { readonly direction: Float64Array }): Place | undefined {
  const { point, value, gradient, direction } = from
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return undefined
  // The first steps are untried: none moves a coordinate by more than 1.
  let length = Math.min(1, 1 / steepest(direction))
  for (let halving = 0; halving < halvingsMax; halving++, length /= 2) {
    const there = point.map((x, k) => x + length * direction[k]!)
    const slopes = new Float64Array(point.length)
    const found = objective(there, slopes)
    if (found <= value + enough * length * slope + rounding * Math.abs(value)) {
      return { point: there, value: found, gradient: slopes }
    }
  }
  return undefined
}

/** The BFGS update of the inverse Hessian; false where the function curves down along the step, which changes nothing. */
function updateInverse(inverse: Float64Array, step: Float64Array, turn: Float64Array): boolean {
  const size = step.length
  const curve = dot(step, turn)
  if (!(curve > 1e-14 * Math.sqrt(dot(step, step) * dot(turn, turn)))) return false
  const turned = times(inverse, turn, 1)
  const grow = (1 + dot(turn, turned) / curve) / curve
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      inverse[i * size + j]! += grow * step[i]! * step[j]! - (turned[i]! * step[j]! + step[i]! * turned[j]!) / curve
    }
  }
  return true
}

function resetTo(matrix: Float64Array, size: number, diagonal: number): void {
  matrix.fill(0)
  for (let k = 0; k < size; k++) matrix[k * size + k] = diagonal
}

function times(matrix: Float64Array, vector: Float64Array, scale: number): Float64Array {
  const size = vector.length
  return vector.map((_, row) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += matrix[row * size + k]! * vector[k]!
    return scale * sum
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

function steepest(vector: Float64Array): number {
  let most = 0
  for (const value of vector) most = Math.max(most, Math.abs(value))
  return most
}
