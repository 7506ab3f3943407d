import { ConfigError } from '../errors.js'

/** When the search ends. */
export interface NelderMeadOptions {
  /** Largest distance of a corner from the best one, in each coordinate, and of the values, at which it has converged (default 1e-4). */
  readonly tolerance?: number
  /** Evaluations after which it gives up (default 200 for each coordinate). */
  readonly evaluationsMax?: number
}

/** Where the search ended. */
export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
  readonly converged: boolean
}

interface Corner {
  readonly point: readonly number[]
  readonly value: number
}

/**
 * Minimum of a function of a few variables without derivatives, by the simplex of Nelder and Mead (1965) with its usual
 * coefficients: reflection 1, expansion 2, contraction ½, shrinkage ½. The first simplex moves each coordinate by 5 %.
 *
 * @throws ConfigError `BAD_PARAMETER` if `start` is empty or has a value that is not finite.
 * @example
 * nelderMead(([x = 0]) => (x - 2) * (x - 2), [1]).converged // => true
 */
export function nelderMead(
  objective: (point: readonly number[]) => number,
  start: readonly number[],
  options: NelderMeadOptions = {},
): Minimum {
  if (start.length === 0 || !start.every(Number.isFinite)) {
    throw new ConfigError(`The start "${start}" is no point of finite numbers.`, { code: 'BAD_PARAMETER' })
  }
  const { tolerance = 1e-4, evaluationsMax = 200 * start.length } = options
  let evaluations = 0
  const at = (point: readonly number[]): Corner => {
    evaluations += 1
    return { point, value: objective(point) }
  }
  let simplex = sorted([at(start), ...start.map((_, k) => at(moved(start, k)))])
  while (evaluations < evaluationsMax) {
    if (isSmall(simplex, tolerance)) return { ...simplex[0]!, converged: true }
    simplex = sorted(step(simplex, at))
  }
  return { ...simplex[0]!, converged: false }
}

const relativeStep = 0.05
const stepAtZero = 0.00025

function moved(point: readonly number[], coordinate: number): readonly number[] {
  return point.map((value, k) => (k !== coordinate ? value : value === 0 ? stepAtZero : (1 + relativeStep) * value))
}

/** Replaces the worst corner, or shrinks the simplex toward the best. */
function step(simplex: readonly Corner[], at: (point: readonly number[]) => Corner): readonly Corner[] {
  const best = simplex[0]!
  const worst = simplex[simplex.length - 1]!
  const others = simplex.slice(0, -1)
  const center = best.point.map((_, k) => others.reduce((sum, corner) => sum + corner.point[k]!, 0) / others.length)
  const along = (outward: number): Corner =>
    at(center.map((value, k) => (1 + outward) * value - outward * worst.point[k]!))
  const reflected = along(1)
  if (reflected.value < best.value) {
    const expanded = along(2)
    return [...others, expanded.value < reflected.value ? expanded : reflected]
  }
  if (reflected.value < others[others.length - 1]!.value) return [...others, reflected]
  const outside = reflected.value < worst.value
  const contracted = along(outside ? 0.5 : -0.5)
  if (outside ? contracted.value <= reflected.value : contracted.value < worst.value) return [...others, contracted]
  const shrunk = simplex
    .slice(1)
    .map((corner) => at(best.point.map((value, k) => value + 0.5 * (corner.point[k]! - value))))
  return [best, ...shrunk]
}

function sorted(corners: readonly Corner[]): readonly Corner[] {
  return corners.toSorted((a, b) => a.value - b.value)
}

function isSmall(simplex: readonly Corner[], tolerance: number): boolean {
  const best = simplex[0]!
  return simplex.every(
    (corner) =>
      Math.abs(corner.value - best.value) <= tolerance &&
      corner.point.every((value, k) => Math.abs(value - best.point[k]!) <= tolerance),
  )
}
