import { type ConfidenceOptions, checkConfidence, confidenceDefault, confidenceRank } from './confidence.js'
import { addColumn, type Exposures, exposureVector, portfolioLosses } from './portfolioLosses.js'
import { type Tail, tailInPlace } from './sampleTail.js'
import { type Scenarios, scenarioColumn } from './scenarioMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What one position does to the risk of a portfolio. */
export interface RiskContribution {
  readonly instrument: string
  readonly exposure: number
  /** Change of the portfolio's figures per unit of this exposure. */
  readonly marginal: Tail
  /** Its share of the figures, marginal times exposure; the shares of all positions add up to the whole. */
  readonly component: Tail
  /** What the figures would lose if the position were closed. */
  readonly incremental: Tail
}

/** The risk of a portfolio, split among its positions. */
export interface RiskContributions {
  readonly kind: 'contributions'
  readonly total: Tail
  readonly positions: readonly RiskContribution[]
}

/**
 * Marginal, component and incremental value at risk and expected shortfall over scenarios, for every instrument of the
 * scenarios.
 *
 * The component value at risk is the position's loss in the scenario at the rank of value at risk, which jumps as
 * scenarios trade places; the component shortfall averages over the tail and is steady. Of scenarios with equal loss
 * the earlier ranks first. Tasche, Capital Allocation to Business Units and Sub-Portfolios: the Euler Principle (2007).
 * Unavailable with `NO_DATA` for scenarios without a row, and for exposures that `portfolioLosses` cannot value.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * const split = riskContributions(scenarios, { 'BTC-USDT.binance': 500, 'ETH-USDT.binance': 300 })
 * if (split.kind === 'contributions') split.positions[0].component.expectedShortfall // bitcoin's share
 */
export function riskContributions(
  scenarios: Scenarios,
  exposures: Exposures,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): RiskContributions | Unavailable {
  checkConfidence(confidencePerMille)
  const vector = exposureVector(scenarios.instruments, exposures)
  const losses = portfolioLosses(scenarios, exposures)
  if (!(losses instanceof Float64Array)) return losses
  if (!(vector instanceof Float64Array)) return vector
  if (losses.length === 0) return unavailable('NO_DATA', 'a scenario', 'none')
  const total = tailInPlace(losses.slice(), confidencePerMille)
  const weights = tailWeights(losses, confidencePerMille)
  const positions = scenarios.instruments.map((instrument, index): RiskContribution => {
    const column = scenarioColumn(scenarios, index)
    const exposure = vector[index]!
    const marginal = {
      valueAtRisk: 0 - column[weights.boundary]!,
      expectedShortfall: 0 - weightedMean(column, weights),
    }
    const without = losses.slice()
    addColumn(column, -exposure, without)
    const rest = tailInPlace(without, confidencePerMille)
    return { instrument, exposure, marginal, component: times(marginal, exposure), incremental: minus(total, rest) }
  })
  return { kind: 'contributions', total, positions }
}

/** Which scenarios make up the tail. */
interface TailWeights {
  /** Row at the rank of value at risk. */
  readonly boundary: number
  readonly boundaryWeight: number
  /** Rows of larger losses, each with the same weight. */
  readonly beyond: readonly number[]
  readonly weight: number
}

function tailWeights(losses: Float64Array, confidencePerMille: number): TailWeights {
  const count = losses.length
  const order = Array.from(losses.keys()).sort((a, b) => losses[a]! - losses[b]! || a - b)
  const rank = confidenceRank(count, confidencePerMille)
  const weight = 1_000 / (count * (1_000 - confidencePerMille))
  return { boundary: order[rank - 1]!, boundaryWeight: 1 - (count - rank) * weight, beyond: order.slice(rank), weight }
}

function weightedMean(column: Float64Array, { boundary, boundaryWeight, beyond, weight }: TailWeights): number {
  return beyond.reduce((sum, row) => sum + weight * column[row]!, boundaryWeight * column[boundary]!)
}

function times({ valueAtRisk, expectedShortfall }: Tail, factor: number): Tail {
  return { valueAtRisk: valueAtRisk * factor, expectedShortfall: expectedShortfall * factor }
}

function minus(a: Tail, b: Tail): Tail {
  return {
    valueAtRisk: a.valueAtRisk - b.valueAtRisk,
    expectedShortfall: a.expectedShortfall - b.expectedShortfall,
  }
}
