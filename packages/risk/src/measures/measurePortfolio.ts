import { ConfigError } from '@astertrade/core'
import { checkOptionNames } from '../limits/checkOptions.js'
import { checkConfidence, confidenceDefault } from './confidence.js'
import { cornishFisherRisk } from './cornishFisher.js'
import { decisionFigure } from './decisionFigure.js'
import { checkLambda, ewmaRisk } from './ewma.js'
import { filteredNeeded } from './filteredHistorical.js'
import { type FilteredScenariosOptions, filteredScenarios } from './filteredScenarios.js'
import { historicalNeeded, historicalRisk } from './historicalRisk.js'
import { portfolioMonteCarlo } from './monteCarloRisk.js'
import { normalRisk } from './normalRisk.js'
import { type Exposures, exposureVector, portfolioLosses } from './portfolioLosses.js'
import { tailInPlace } from './sampleTail.js'
import type { Scenarios } from './scenarioMatrix.js'
import { shortSampleOf } from './shortSample.js'
import type { SimulatedReturns } from './simulateReturns.js'
import { studentTRisk } from './studentTRisk.js'
import { type RiskMethod, type TailEstimate, tailEstimate } from './tailEstimate.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What `measurePortfolio` takes. */
export interface PortfolioOptions extends FilteredScenariosOptions {
  /** Past returns; see `scenarioMatrix`. */
  readonly scenarios: Scenarios
  readonly exposures: Exposures
  /** In per mille (default 950). */
  readonly confidencePerMille?: number
  /** Simulated returns of the same instruments; without them Monte Carlo and the decision are unavailable. */
  readonly simulated?: SimulatedReturns | Unavailable
  /**
   * Which methods are computed (default all); the decision needs `historical`, `filteredHistorical` and `monteCarlo`.
   */
  readonly methods?: readonly RiskMethod[]
}

/** Estimates side by side, and the one that decides. */
export interface PortfolioMeasures {
  readonly estimates: Readonly<Partial<Record<RiskMethod, TailEstimate | Unavailable>>>
  readonly decision: TailEstimate | Unavailable
  /** End of the last period that the scenarios know, in milliseconds: figures older than their horizon are stale. */
  readonly asOf: number
}

type Estimate = TailEstimate | Unavailable

const defaults = { confidencePerMille: confidenceDefault, lambda: 0.94, sigmaMin: {} } as const
const methodsAll: readonly RiskMethod[] = [
  'historical',
  'normal',
  'studentT',
  'cornishFisher',
  'filteredHistorical',
  'ewma',
  'monteCarlo',
]
const known = ['scenarios', 'exposures', 'confidencePerMille', 'simulated', 'methods', 'lambda', 'sigmaMin']

/**
 * Value at risk and expected shortfall of today's positions over one period, by several methods, in the currency of the
 * exposures.
 *
 * Positions are revalued over past returns. Filtered history scales each instrument for itself; the other methods look
 * at the portfolio as one series. An empty portfolio has 0. A figure that cannot be computed is unavailable with a
 * code, never 0.
 *
 * @throws ConfigError for an option that is none: `UNKNOWN_OPTION`, `BAD_METHOD`, `BAD_CONFIDENCE`, `BAD_LAMBDA`,
 * `BAD_SIGMA_MIN`.
 * @example
 * const exposures = { 'BTC-USDT.binance': 500 }
 * const { decision } = measurePortfolio({ scenarios, exposures, simulated, confidencePerMille: 990 })
 * if (decision.kind === 'unavailable') throw new Error(decision.code)
 */
export function measurePortfolio(options: PortfolioOptions): PortfolioMeasures {
  checkOptionNames('measurePortfolio', options, known)
  const { scenarios, exposures, methods = methodsAll, ...rest } = { ...defaults, ...options }
  checkConfidence(rest.confidencePerMille)
  checkLambda(rest.lambda)
  checkMethods(methods)
  const estimateBy = estimator({ ...options, ...rest })
  const estimates: Partial<Record<RiskMethod, Estimate>> = {}
  for (const method of methods) estimates[method] = estimateBy(method)
  const decision = decisionFigure({
    historical: estimates.historical ?? missing('historical'),
    filteredHistorical: estimates.filteredHistorical ?? missing('filteredHistorical'),
    monteCarlo: estimates.monteCarlo ?? missing('monteCarlo'),
    shortSample: () => shortSampleOf(estimateBy('studentT'), estimateBy('filteredHistorical')),
  })
  return { estimates, decision, asOf: scenarios.asOf }
}

/** Estimates of one portfolio by method. */
function estimator(options: PortfolioOptions & Required<Pick<PortfolioOptions, keyof typeof defaults>>) {
  const { scenarios, exposures, simulated, confidencePerMille, lambda } = options
  const losses = portfolioLosses(scenarios, exposures)
  const empty = losses instanceof Float64Array && isEmpty(scenarios, exposures)
  const changes = losses instanceof Float64Array ? losses.map((loss) => 0 - loss) : losses
  const own = { confidencePerMille, lambda }
  return (method: RiskMethod): Estimate => {
    if (!(changes instanceof Float64Array)) return changes
    if (empty) return nothing(method, confidencePerMille)
    switch (method) {
      case 'historical':
        if (scenarios.rows >= historicalNeeded(confidencePerMille))
          return noted(historicalRisk(changes, own), scenarios)
        return noted(shortSampleOf(studentTRisk(changes, own), filteredPortfolio(options)), scenarios)
      case 'normal':
        return noted(normalRisk(changes, own), scenarios)
      case 'studentT':
        return noted(studentTRisk(changes, own), scenarios)
      case 'cornishFisher':
        return noted(cornishFisherRisk(changes, own), scenarios)
      case 'ewma':
        return noted(ewmaRisk(changes, own), scenarios)
      case 'filteredHistorical':
        return noted(filteredPortfolio(options), scenarios)
      case 'monteCarlo':
        return simulated?.kind === 'scenarios'
          ? portfolioMonteCarlo(simulated, exposures, own)
          : (simulated ?? missing(method))
      default:
        return method satisfies never
    }
  }
}

function filteredPortfolio(options: PortfolioOptions): Estimate {
  const { scenarios, exposures, confidencePerMille = confidenceDefault } = options
  const filtered = filteredScenarios(scenarios, options)
  if (filtered.kind === 'unavailable') return filtered
  const needed = filteredNeeded(confidencePerMille)
  if (filtered.rows < needed) return unavailable('TOO_SHORT', `${needed} returns of some volatility`, filtered.rows)
  const losses = portfolioLosses(filtered, exposures)
  if (!(losses instanceof Float64Array)) return losses
  if (losses.every((loss) => loss === losses[0])) return unavailable('CONSTANT', 'returns that differ', losses[0]!)
  const tail = tailInPlace(losses, confidencePerMille)
  return tailEstimate({ method: 'filteredHistorical', tail, confidencePerMille, observations: filtered.rows })
}

function isEmpty({ instruments }: Scenarios, exposures: Exposures): boolean {
  const vector = exposureVector(instruments, exposures)
  return vector instanceof Float64Array && vector.every((value) => value === 0)
}

function noted(estimate: Estimate, { notes }: Scenarios): Estimate {
  if (estimate.kind === 'unavailable' || notes.length === 0) return estimate
  return { ...estimate, notes: [...notes, ...estimate.notes] }
}

function nothing(method: RiskMethod, confidencePerMille: number): TailEstimate {
  const figures = { valueAtRisk: 0, expectedShortfall: 0, observations: 0 }
  return { kind: 'estimate', method, confidencePerMille, ...figures, notes: [] }
}

function missing(method: RiskMethod): Unavailable {
  return unavailable('NO_DATA', `the figure by ${method}`, 'none')
}

function checkMethods(methods: readonly RiskMethod[]): void {
  for (const method of methods) {
    if (methodsAll.includes(method)) continue
    throw new ConfigError(`Method ${JSON.stringify(method)} is not one of ${methodsAll.join(', ')}.`, {
      code: 'BAD_METHOD',
    })
  }
}
