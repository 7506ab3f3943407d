import { ewmaForecaster } from './ewmaForecaster.js'
import { garchWidth } from './garchLikelihood.js'
import { garchRefit } from './garchRefit.js'
import { type GarchKind, type GarchParameters, garchParameters, garchVector } from './garchTransform.js'
import { type RefitOptions, refitWindow } from './refitWindow.js'
import type { GarchOptimum, NoGarch } from './searchGarch.js'
import type { VarianceForecaster } from './varianceForecaster.js'

/** What `garchForecaster` takes. */
export interface GarchForecasterOptions extends RefitOptions {
  readonly kind: GarchKind
  /** Weight of the past in the average that stands in while there is no fit. */
  readonly lambda: number
}

/**
 * GARCH fitted to the last returns and carried on between fits; an exponential average until the first fit, and wherever
 * `searchGarch` finds none. A fit takes a few bars, so that none of them takes long.
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range.
 */
export function garchForecaster({ kind, lambda, ...options }: GarchForecasterOptions): VarianceForecaster {
  const average = ewmaForecaster(lambda)
  const window = refitWindow(options)
  const refit = garchRefit({ kind, ...options })
  const label = kind === 'gjr' ? 'GJR-GARCH' : 'GARCH'
  /** As a vector, which a snapshot keeps: what is read off it is then the same to the last bit after a restore. */
  let vector: Float64Array | undefined
  let parameters: GarchParameters | undefined
  let variance = Number.NaN
  /** Returns since the search began. */
  let since = 0
  const take = (fitted: Float64Array | undefined): void => {
    vector = fitted
    parameters = fitted && garchParameters(fitted)
  }
  const begin = (): void => {
    const returns = window.values()
    const isNear = parameters !== undefined && isInside(parameters)
    refit.begin(returns, garchVector(isNear ? parameters! : usualStart(returns)))
    since = 0
  }
  const finish = (found: GarchOptimum | NoGarch): void => {
    // A search cut short says nothing against the fit before.
    if (found.kind === 'unavailable' && found.code === 'NOT_CONVERGED') return
    take(found.kind === 'unavailable' ? undefined : garchVector(found.parameters))
    variance = found.kind === 'unavailable' ? Number.NaN : found.nextVariance
    if (parameters === undefined) return
    const returns = window.values()
    for (let at = returns.length - since; at < returns.length; at++) {
      variance = garchStep(parameters, variance, returns[at]!)
    }
  }
  return {
    name: `${kind}(${options.window}/${options.refitEvery}, ${lambda})`,
    get source() {
      return parameters === undefined ? average.source : label
    },
    learn(observation) {
      average.learn(observation)
      if (parameters !== undefined) variance = garchStep(parameters, variance, observation.change)
      since++
      if (window.add(observation.change)) begin()
      const found = refit.advance()
      if (found !== undefined) finish(found)
    },
    forecast: () => (parameters === undefined ? average.forecast() : variance),
    parts: () => [
      vector?.slice() ?? new Float64Array(garchWidth).fill(Number.NaN),
      Float64Array.of(variance, since),
      window.snapshot(),
      ...refit.parts(),
      ...average.parts(),
    ],
    restoreParts([fitted, last, values, returns, start, progress, ...rest]) {
      take(Number.isNaN(fitted![0]!) ? undefined : fitted!.slice())
      ;[variance, since] = last as unknown as [number, number]
      window.restore(values!)
      refit.restoreParts([returns!, start!, progress!])
      average.restoreParts(rest)
    },
  }
}

/** Where shocks to daily and hourly returns usually are. */
function usualStart(returns: Float64Array): GarchParameters {
  let [sum, squares] = [0, 0]
  for (const value of returns) {
    sum += value
    squares += value * value
  }
  const count = returns.length
  return {
    mean: sum / count,
    omega: Math.max((0.05 * squares) / count, Number.MIN_VALUE),
    alpha: 0.08,
    gamma: 0,
    beta: 0.87,
  }
}

/** Away from the edges of its ranges, where a search stands still. */
function isInside({ alpha, gamma, beta }: GarchParameters): boolean {
  const persistence = alpha + gamma / 2 + beta
  return Math.min(alpha, alpha + gamma, beta) > 1e-3 && persistence < 0.9999
}

/** Variance of the return after `change`, given that of `change`. */
function garchStep(parameters: GarchParameters, variance: number, change: number): number {
  const { mean, omega, alpha, gamma, beta } = parameters
  const e = change - mean
  return omega + (e > 0 ? alpha : alpha + gamma) * e * e + beta * variance
}
