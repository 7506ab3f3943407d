import { ConfigError } from '@astertrade/core'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import {
  type OutageStress,
  type ShockStress,
  type StressClass,
  type StressScenario,
  stressScenarios,
} from '../stress.js'
import { type StressPortfolio, type StressPosition, stressPortfolioFlaw } from './stressPortfolio.js'

/** What one scenario would cost. */
export interface StressLoss {
  readonly name: string
  readonly class: StressClass
  readonly version: number
  /** In the settlement currency, 0 or more. */
  readonly loss: number
}

/** The losses of a portfolio in each scenario. */
export interface StressLosses {
  readonly kind: 'stress'
  readonly losses: readonly StressLoss[]
}

/**
 * What each stress scenario would cost. Losses add up as if everything moved together, and a gain pays for no loss: in
 * a crash it may not be there to be taken. So a fall of prices costs a short position nothing; add rises of your own
 * where you are short.
 *
 * Unavailable with `NOT_FINITE` for a value or share that is no finite number from 0 on, and with `NO_HISTORY` for a
 * position without `sigma` in an outage.
 *
 * @throws ConfigError `BAD_SCENARIO` for a scenario whose figures are none, `DUPLICATE_SCENARIO` for a name that comes
 * twice.
 * @example
 * const stressed = stressLosses(portfolio)
 * if (stressed.kind === 'stress') worstStress(stressed, 'gap') // compare with 25 % of equity
 */
export function stressLosses(
  portfolio: StressPortfolio,
  scenarios: readonly StressScenario[] = stressScenarios,
): StressLosses | Unavailable {
  checkScenarios(scenarios)
  const flaw = stressPortfolioFlaw(portfolio)
  if (flaw) return flaw
  const losses: StressLoss[] = []
  for (const scenario of scenarios) {
    const loss = lossIn(scenario, portfolio)
    if (typeof loss !== 'number') return loss
    losses.push({ name: scenario.name, class: scenario.class, version: scenario.version, loss })
  }
  return { kind: 'stress', losses }
}

/**
 * The largest loss of one class, 0 without any.
 * @example
 * worstStress(stressed, 'gap') <= 0.25 * equity
 */
export function worstStress({ losses }: StressLosses, stressClass: StressClass): number {
  return losses.reduce((worst, entry) => (entry.class === stressClass ? Math.max(worst, entry.loss) : worst), 0)
}

function lossIn(scenario: StressScenario, portfolio: StressPortfolio): number | Unavailable {
  const { positions } = portfolio
  switch (scenario.kind) {
    case 'stops':
      return sum(positions, ({ value, stopDistance = 1, feeRate, slippage }) => {
        return Math.abs(value) * Math.min(1, stopDistance + feeRate + scenario.slippageMultiple * slippage)
      })
    case 'exit':
      return sum(positions, ({ value, feeRate, slippage, spread, gas }) => {
        const share = Math.min(1, feeRate + slippage + (scenario.spreadMultiple * spread) / 2)
        return value === 0 ? 0 : Math.abs(value) * share + scenario.gasMultiple * gas
      })
    case 'shock':
      return shockLoss(scenario, portfolio)
    case 'outage':
      return outageLoss(scenario, positions)
    case 'venueLost':
      return worstVenue(holdings(portfolio), ({ value }) => Math.max(0, value))
    default:
      return scenario satisfies never
  }
}

type Holding = Pick<StressPosition, 'assetClass' | 'venue' | 'value'>

function holdings({ positions, balances = [] }: StressPortfolio): readonly Holding[] {
  return [...positions, ...balances]
}

function shockLoss({ shocks, atOneVenue = [] }: ShockStress, portfolio: StressPortfolio): number {
  const held = holdings(portfolio)
  const lost = ({ assetClass, value }: Holding): number => Math.max(0, 0 - value * (shocks[assetClass] ?? 0))
  const everywhere = held.filter(({ assetClass }) => !atOneVenue.includes(assetClass))
  const somewhere = held.filter(({ assetClass }) => atOneVenue.includes(assetClass))
  return sum(everywhere, lost) + worstVenue(somewhere, lost)
}

function outageLoss({ hours, deviations }: OutageStress, positions: readonly StressPosition[]): number | Unavailable {
  const unknown = positions.find(({ value, sigma }) => value !== 0 && sigma === undefined)
  if (unknown) return unavailable('NO_HISTORY', `sigma of ${unknown.instrument}`, 'none')
  const span = deviations * Math.sqrt(hours / 24)
  return sum(positions, ({ value, sigma = 0 }) => {
    // A long position loses no more than itself.
    const share = value > 0 ? Math.min(1, span * sigma) : span * sigma
    return Math.abs(value) * share
  })
}

function worstVenue(held: readonly Holding[], lost: (holding: Holding) => number): number {
  const venues = [...new Set(held.map(({ venue }) => venue))]
  return venues.reduce((worst, venue) => {
    return Math.max(
      worst,
      sum(
        held.filter((holding) => holding.venue === venue),
        lost,
      ),
    )
  }, 0)
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

function checkScenarios(scenarios: readonly StressScenario[]): void {
  for (const [index, scenario] of scenarios.entries()) {
    const figures = figuresOf(scenario)
    const least = scenario.kind === 'shock' ? -1 : 0
    const bad = figures.find((figure) => !(Number.isFinite(figure) && figure >= least))
    if (bad !== undefined) {
      throw new ConfigError(`A figure of the scenario "${scenario.name}" is "${bad}".`, {
        code: 'BAD_SCENARIO',
        hints: [
          'Multiples, hours and deviations are finite and at least 0; a shock is at least -1, which loses everything.',
        ],
      })
    }
    if (scenarios.findIndex(({ name }) => name === scenario.name) === index) continue
    throw new ConfigError(`Two scenarios are named "${scenario.name}".`, { code: 'DUPLICATE_SCENARIO' })
  }
}

function figuresOf(scenario: StressScenario): readonly number[] {
  switch (scenario.kind) {
    case 'stops':
      return [scenario.slippageMultiple]
    case 'exit':
      return [scenario.spreadMultiple, scenario.gasMultiple]
    case 'shock':
      return Object.values(scenario.shocks)
    case 'outage':
      return [scenario.hours, scenario.deviations]
    case 'venueLost':
      return []
    default:
      return scenario satisfies never
  }
}
