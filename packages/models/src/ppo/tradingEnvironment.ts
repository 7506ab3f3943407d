import { ConfigError } from '@astertrade/core'
import type { Environment, Outcome } from './environment.js'
import { createHolding, exposures, ownNumbers, type TradedRows } from './holding.js'
import { returnDeviation } from './returnDeviation.js'

/** What `tradingEnvironment` takes. */
export interface TradingEnvironmentOptions extends TradedRows {
  /** Paid for a change of exposure by 1, as a ratio of the price, such as 0.001 for ten basis points. */
  readonly costs: number
  /** Half of it is taken off the reward of each row with a full exposure; see below. */
  readonly riskAversion: number
  /** Rows of an episode; it starts anywhere and is cut, for the market goes on. */
  readonly episodeRows: number
}

/**
 * Trading one instrument over recorded rows: at each row the agent goes short, flat or long at its price, pays the costs of the
 * change and earns the return to the next row.
 *
 * The reward is `(exposure * return - costs * |change|) / σ - riskAversion * exposure² / 2`, where σ is the deviation of one row's
 * return. Without aversion an agent has no reason to leave a position that costs nothing to hold, edge or not.
 *
 * It sees the features of the row, its exposure and its unrealised gain. A row knows nothing after it, and the agent moves no price.
 *
 * @throws ConfigError with code `BAD_TRAINING` if columns do not fit, a price is not positive, or an option is out of range.
 */
export function tradingEnvironment(options: TradingEnvironmentOptions): Environment {
  checkRows(options)
  const { prices, columns, costs, riskAversion, episodeRows } = options
  const unit = returnDeviation(prices)
  const holding = createHolding(options, { costs, unit })
  const steps = Math.min(episodeRows, prices.length - 1)
  const outcome: { -readonly [key in keyof Outcome]: Outcome[key] } = { reward: 0, terminated: false, truncated: false }
  let end = 0
  return {
    observationSize: columns + ownNumbers,
    actions: exposures.length,
    reset(random, observation) {
      holding.reset(random.integer(0, prices.length - 1 - steps))
      end = holding.row + steps
      holding.observe(observation)
    },
    step(action, observation) {
      outcome.reward = holding.move(action) / unit - 0.5 * riskAversion * holding.exposure * holding.exposure
      outcome.truncated = holding.row >= end
      holding.observe(observation)
      return outcome
    },
  }
}

function checkRows(options: TradingEnvironmentOptions): void {
  const { prices, features, columns, costs, riskAversion, episodeRows } = options
  if (prices.length < 2) throw wrong(`it has "${prices.length}" rows; two are needed to earn a return`)
  if (features.length !== prices.length * columns) {
    throw wrong(`it has "${features.length}" features for ${prices.length} rows of ${columns}`)
  }
  const price = prices.find((value) => !(value > 0 && value < Number.POSITIVE_INFINITY))
  if (price !== undefined) throw wrong(`the price "${price}" is not positive`)
  if (!(costs >= 0 && costs < 1)) throw wrong(`costs "${costs}" are no ratio from 0 to 1`)
  if (!(riskAversion >= 0 && riskAversion < Number.POSITIVE_INFINITY)) {
    throw wrong(`riskAversion "${riskAversion}" is negative or not finite`)
  }
  if (!Number.isSafeInteger(episodeRows) || episodeRows < 1) throw wrong(`episodeRows "${episodeRows}" is no count`)
}

function wrong(problem: string): ConfigError {
  return new ConfigError(`The market cannot be traded: ${problem}.`, { code: 'BAD_TRAINING' })
}
