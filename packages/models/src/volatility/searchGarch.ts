import { ConfigError } from '@astertrade/core'
import { garchLikelihood, garchWidth } from './garchLikelihood.js'
import {
  type GarchKind,
  type GarchParameters,
  garchFree,
  garchParameters,
  garchTransform,
  garchTransformGradient,
} from './garchTransform.js'
import { endOf, type Lowest, minimise } from './minimise.js'

/** What `fitGarch` takes besides the returns. */
export interface FitGarchOptions {
  /** `garch` reacts to rises and falls alike, `gjr` to falls in its own way (default `garch`). */
  readonly kind?: GarchKind
  /** Where to begin, such as an earlier fit, instead of three points of its own. */
  readonly start?: GarchParameters
  /** Steps of one search, each of a few passes over the returns (default 200). */
  readonly iterationsMax?: number
}

/** Why returns have no such model: a value, since markets may well be so. */
export interface NoGarch {
  readonly kind: 'unavailable'
  /**
   * `TOO_FEW_RETURNS` below 100; `CONSTANT` where half of them are the same; `NO_CLUSTERING` where the best reaction to returns
   * is none; `NOT_CONVERGED` where the likelihood rises towards no variance at all.
   */
  readonly code: 'TOO_FEW_RETURNS' | 'CONSTANT' | 'NO_CLUSTERING' | 'NOT_CONVERGED'
}

/** Where the likelihood is highest. */
export interface GarchOptimum {
  readonly kind: GarchKind
  readonly parameters: GarchParameters
  /** Variance of the return after the last one. */
  readonly nextVariance: number
  /** The search itself ran on returns of unit variance: these times `scale` are those given. */
  readonly unit: {
    readonly scale: number
    readonly returns: Float64Array
    readonly parameters: Float64Array
    readonly best: Lowest
    readonly searches: readonly Lowest[]
  }
}

/** Fewest returns that a model of four parameters is fitted to. */
const returnsMin = 100
const tolerance = 1e-9
const defaults = { kind: 'garch', iterationsMax: 200 } as const
/** A search that ends this near to a stationary point is good to about six digits. */
const steepnessMax = 1e-6
const reactionMin = 1e-5
/** Smallest variance on the way over that of the sample: below it the likelihood is running off to a point. */
const varianceMin = 1e-7

/** Persistence and share of beta in it from which searches begin. */
const starts = [
  { persistence: 0.95, share: 0.92 },
  { persistence: 0.8, share: 0.75 },
  { persistence: 0.99, share: 0.95 },
] as const

/**
 * The search of `fitGarch` alone: half of the time goes into its errors, which a model in service does not need.
 *
 * @throws ConfigError as `fitGarch` does.
 */
export function searchGarch(returns: Float64Array, options: FitGarchOptions = {}): GarchOptimum | NoGarch {
  return endOf(garchSearch(returns, options))
}

/**
 * The same in steps of a few passes over the returns each, between which it yields: whoever has little time at once takes a few now
 * and then.
 *
 * @throws ConfigError as `fitGarch` does, when the first step is taken.
 */
export function* garchSearch(
  returns: Float64Array,
  options: FitGarchOptions = {},
): Generator<undefined, GarchOptimum | NoGarch, undefined> {
  const { kind, start, iterationsMax } = { ...defaults, ...options }
  checkStart(start)
  checkSearch(kind, iterationsMax)
  checkReturns(returns)
  if (returns.length < returnsMin) return { kind: 'unavailable', code: 'TOO_FEW_RETURNS' }
  const scale = Math.sqrt(meanSquare(returns))
  if (mostEqual(returns) * 2 >= returns.length) return { kind: 'unavailable', code: 'CONSTANT' }
  const scaled = returns.map((value) => value / scale)
  const points = start === undefined ? ownStarts(scaled) : [rescaledGarch(start, 1 / scale)]
  const searches = yield* search({ kind, returns: scaled, points, iterationsMax })
  const best = searches.reduce((a, b) => (b.value < a.value ? b : a))
  const parameters = new Float64Array(garchWidth)
  garchTransform(kind, best.point, parameters)
  const pass = garchLikelihood(scaled, parameters, new Float64Array(garchWidth))
  const [, , up, down] = parameters as unknown as readonly [number, number, number, number]
  if (!(pass.leastVariance > varianceMin)) return { kind: 'unavailable', code: 'NOT_CONVERGED' }
  if (!(up + down > reactionMin)) return { kind: 'unavailable', code: 'NO_CLUSTERING' }
  if (!(best.steepness < steepnessMax)) return { kind: 'unavailable', code: 'NOT_CONVERGED' }
  return {
    kind,
    parameters: rescaledGarch(garchParameters(parameters), scale),
    nextVariance: pass.nextVariance * scale * scale,
    unit: { scale, returns: scaled, parameters, best, searches },
  }
}

function checkReturns(returns: Float64Array): void {
  const bad = returns.findIndex((value) => !Number.isFinite(value))
  if (bad === -1) return
  throw new ConfigError(`Return ${bad} is "${returns[bad]}", no number.`, {
    code: 'BAD_RETURNS',
    hints: ['Leave out bars without a price, or cut the series there.'],
  })
}

function checkStart(start: GarchParameters | undefined): void {
  if (start === undefined) return
  const { mean, omega, alpha, gamma, beta } = start
  const isInside = omega > 0 && alpha > 0 && alpha + gamma > 0 && beta > 0 && alpha + gamma / 2 + beta < 1
  if (isInside && Number.isFinite(mean) && Number.isFinite(omega)) return
  throw new ConfigError(`A search cannot begin at ${JSON.stringify({ mean, omega, alpha, gamma, beta })}.`, {
    code: 'BAD_PARAMETER',
    hints: ['omega, alpha, alpha + gamma and beta above 0, with alpha + gamma / 2 + beta below 1.'],
  })
}

function checkSearch(kind: GarchKind, iterationsMax: number): void {
  const isKnown = kind === 'garch' || kind === 'gjr'
  if (isKnown && Number.isInteger(iterationsMax) && iterationsMax >= 1) return
  throw new ConfigError(`No fit of kind "${String(kind)}" in "${iterationsMax}" steps.`, {
    code: 'BAD_PARAMETER',
    hints: ['The kind is garch or gjr, and steps are a whole number from 1.'],
  })
}

interface Search {
  readonly kind: GarchKind
  readonly returns: Float64Array
  readonly points: readonly GarchParameters[]
  readonly iterationsMax: number
}

function* search({ kind, returns, points, iterationsMax }: Search): Generator<undefined, Lowest[], undefined> {
  const parameters = new Float64Array(garchWidth)
  const slopes = new Float64Array(garchWidth)
  const objective = (free: Float64Array, gradient: Float64Array): number => {
    garchTransform(kind, free, parameters)
    const { loss } = garchLikelihood(returns, parameters, slopes)
    garchTransformGradient(kind, free, parameters, slopes, gradient)
    return Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY
  }
  const ends: Lowest[] = []
  for (const point of points)
    ends.push(yield* minimise(objective, garchFree(kind, point), { tolerance, iterationsMax }))
  return ends
}

function ownStarts(returns: Float64Array): GarchParameters[] {
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
  return starts.map(({ persistence, share }) => ({
    mean,
    omega: 1 - persistence,
    alpha: persistence * (1 - share),
    gamma: 0,
    beta: persistence * share,
  }))
}

/** Parameters of returns that are `scale` times as large. */
function rescaledGarch({ mean, omega, alpha, gamma, beta }: GarchParameters, scale: number): GarchParameters {
  return { mean: mean * scale, omega: omega * scale * scale, alpha, gamma, beta }
}

function meanSquare(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum / values.length
}

/** How often the most frequent value occurs. */
function mostEqual(values: Float64Array): number {
  const sorted = values.slice().sort()
  let [most, run] = [1, 1]
  for (let at = 1; at < sorted.length; at++) {
    run = sorted[at] === sorted[at - 1] ? run + 1 : 1
    most = Math.max(most, run)
  }
  return most
}
