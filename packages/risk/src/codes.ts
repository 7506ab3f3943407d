/** What a code means, where it is asked and whom it meets. */
export interface RiskCodeEntry {
  /** Number of the pre-trade check that gives it; `sizing`, `breaker` or `control` for codes that come from elsewhere. */
  readonly check: number | 'sizing' | 'breaker' | 'control'
  /** Who gives it. */
  readonly by: string
  /** What a reduce-only order meets. */
  readonly exits: 'pass' | 'checked'
  /** Whether a manual override can raise the limit behind it. */
  readonly override: 'never' | 'withinSeed'
  /** The sentence for people; `limit` and `got` are printed with their unit. */
  readonly sentence: (figures: { readonly limit: string; readonly got: string }) => string
}

/**
 * Every code that a verdict, a trip or a size can carry, in the order of the pre-trade checks.
 *
 * Codes are public and stable: removing one is a breaking change. Rules of your own may add theirs.
 *
 * @example
 * riskCodes.CLIP.sentence({ limit: '500', got: '990' }) // => 'The order is worth 990; one entry may be worth 500.'
 */
export const riskCodes = {
  NOT_FINITE: {
    check: 1,
    by: 'every rule',
    exits: 'pass',
    override: 'never',
    sentence: ({ got }) => `A figure that the rule needs is "${got}".`,
  },
  MODE_FORBIDS: {
    check: 4,
    by: 'engine',
    exits: 'checked',
    override: 'never',
    sentence: ({ limit }) => `The account is in mode "${limit}", which does not allow the order.`,
  },
  KILLED: {
    check: 4,
    by: 'engine, after killSwitch',
    exits: 'checked',
    override: 'never',
    sentence: ({ limit, got }) => `The kill switch is set, mode "${limit}": no order of type ${got} leaves.`,
  },
  NOT_ALLOWED: {
    check: 7,
    by: 'allowList',
    exits: 'pass',
    override: 'never',
    sentence: ({ got }) => `${got} is not on the list of instruments that may be traded.`,
  },
  INSTRUMENT_REDUCE_ONLY: {
    check: 7,
    by: 'engine',
    exits: 'pass',
    override: 'never',
    sentence: () => 'The instrument allows exits only, since a fact about it did not fit.',
  },
  NO_MARK: {
    check: 7,
    by: 'engine and every rule that values an order',
    exits: 'pass',
    override: 'never',
    sentence: () => 'The instrument has no price yet, so the order cannot be valued.',
  },
  OFF_LOT: {
    check: 8,
    by: 'review',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `A quantity of ${got} is no whole number of lots of ${limit}.`,
  },
  BELOW_MIN_QUANTITY: {
    check: 8,
    by: 'review',
    exits: 'checked',
    override: 'never',
    sentence: ({ limit, got }) => `A quantity of ${got} is below the smallest order, ${limit}; it is never rounded up.`,
  },
  BELOW_MIN_NOTIONAL: {
    check: 8,
    by: 'review',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `A value of ${got} is below the smallest order, ${limit}; it is never rounded up.`,
  },
  SEQUENCE_GAP: {
    check: 9,
    by: 'staleData',
    exits: 'pass',
    override: 'never',
    sentence: ({ got }) => `The data of ${got} has a gap, or its venue is away.`,
  },
  DATA_STALE: {
    check: 9,
    by: 'staleData',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The last price is ${got} old; it may be ${limit} old.`,
  },
  LOOKALIKE: {
    check: 10,
    by: 'lookAlike',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ got }) => `Order ${got} of the same strategy looked the same a moment ago.`,
  },
  UNKNOWN_OUTSTANDING: {
    check: 11,
    by: 'engine',
    exits: 'checked',
    override: 'never',
    sentence: ({ limit, got }) => `The fate of an order is unknown; beside it ${limit} may be asked for, not ${got}.`,
  },
  PRICE_COLLAR: {
    check: 12,
    by: 'priceCollar',
    exits: 'checked',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The limit of ${got} reaches through the market beyond ${limit}.`,
  },
  RATE_STRATEGY: {
    check: 13,
    by: 'orderRate',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `It would be entry ${got} of the strategy within a second; ${limit} are allowed.`,
  },
  RATE_ACCOUNT: {
    check: 13,
    by: 'orderRate',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `It would be entry ${got} of the account within a second; ${limit} are allowed.`,
  },
  RATE_DAY: {
    check: 13,
    by: 'orderRate',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `It would be entry ${got} of the account today; ${limit} are allowed.`,
  },
  CANCEL_RATIO: {
    check: 13,
    by: 'orderRate',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The account asked for ${got} cancels today; its fills allow ${limit}.`,
  },
  SELF_CROSS: {
    check: 14,
    by: 'selfCross',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `At ${got} the order would trade with an order of the account's own at ${limit}.`,
  },
  CLIP: {
    check: 15,
    by: 'clipSize',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The order is worth ${got}; one entry may be worth ${limit}.`,
  },
  DE_RISK: {
    check: 15,
    by: 'every size limit with a scale',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) =>
      `Losses of the day or from the high-water mark leave ${limit}; the order would make it ${got}.`,
  },
  TIER_NONE: {
    check: 16,
    by: 'maxPosition, positionRisk, clusterCap',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `An equity of ${got} is below the first capital tier, which starts at ${limit}.`,
  },
  POSITION_CAP: {
    check: 16,
    by: 'maxPosition',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The position could become worth ${got}; it may be worth ${limit}.`,
  },
  STOP_INVALID: {
    check: 17,
    by: 'positionRisk, portfolioRisk',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `A stop at ${got} does not protect an entry at ${limit}.`,
  },
  POSITION_RISK: {
    check: 17,
    by: 'positionRisk',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) =>
      `The position could lose ${got} at its stop; it may lose ${limit}. What has no stop counts in full.`,
  },
  FREE_BALANCE: {
    check: 18,
    by: 'freeBalance, buyingPower',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The order needs ${got}; ${limit} is free.`,
  },
  DAILY_LOSS: {
    check: 19,
    by: 'dailyLoss',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The day has lost ${got}; from ${limit} on no new risk is taken.`,
  },
  DRAWDOWN: {
    check: 20,
    by: 'maxDrawdown',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) =>
      `Equity is ${got} below its high-water mark; at ${limit} trading halts until an operator lifts the latch.`,
  },
  CUSHION: {
    check: 20,
    by: 'portfolioRisk',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `All stops together could lose ${got}; the drawdown limit is ${limit} away.`,
  },
  PORTFOLIO_RISK: {
    check: 21,
    by: 'portfolioRisk',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) =>
      `All stops together could lose ${got}; they may lose ${limit}. What has no stop counts in full.`,
  },
  GROSS_EXPOSURE: {
    check: 21,
    by: 'grossExposure',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `All positions could become worth ${got}; they may be worth ${limit}.`,
  },
  CLUSTER_CAP: {
    check: 21,
    by: 'clusterCap',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `Positions that move together could become worth ${got}; they may be worth ${limit}.`,
  },
  VENUE_CAP: {
    check: 21,
    by: 'venueCap',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `Positions at the venue could become worth ${got}; they may be worth ${limit}.`,
  },
  VAR95: {
    check: 21,
    by: 'tailRisk',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `One day in twenty would lose ${got} or more; it may lose ${limit}.`,
  },
  CVAR99: {
    check: 21,
    by: 'tailRisk',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The worst day in a hundred would lose ${got} on average; it may lose ${limit}.`,
  },
  BACKTEST_RED: {
    check: 21,
    by: 'riskBacktest',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The backtest of value at risk is ${got}; new risk waits for ${limit}.`,
  },
  STRESS: {
    check: 21,
    by: 'stressCap',
    exits: 'pass',
    override: 'withinSeed',
    sentence: ({ limit, got }) => `The worst jump of prices would lose ${got}; it may lose ${limit}.`,
  },
  RISK_UNAVAILABLE: {
    check: 21,
    by: 'tailRisk',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The risk of the portfolio is not known: ${got}; it takes ${limit}.`,
  },
  NO_EDGE: {
    check: 'sizing',
    by: 'positionSize',
    exits: 'pass',
    override: 'never',
    sentence: ({ got }) => `Kelly's share is ${got}: there is no edge to size on.`,
  },
  COLD: {
    check: 'sizing',
    by: 'positionSize',
    exits: 'pass',
    override: 'never',
    sentence: () => 'An estimate that sizes depend on is not ready yet.',
  },
  BAND: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The price left its band: ${got} from its mean of five minutes, ${limit} allowed.`,
  },
  VOLATILITY: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `Volatility is ${got} times that of the day; ${limit} times is allowed.`,
  },
  SPREAD: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The spread is ${got} times its median; ${limit} times is allowed.`,
  },
  DEPTH: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `The book holds ${got} of its median depth; ${limit} is the least.`,
  },
  DEPEG: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `A stablecoin is ${got} off its peg; ${limit} is allowed.`,
  },
  ERROR_RATE: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `${got} of the venue's answers in a minute were errors; ${limit} is allowed.`,
  },
  REJECTS: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ got }) => `The venue refused ${got} orders in a row.`,
  },
  SLIPPAGE: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) => `A fill slipped ${got} times as far as expected; ${limit} times is allowed.`,
  },
  LATCHED: {
    check: 'breaker',
    by: 'circuitBreaker',
    exits: 'pass',
    override: 'never',
    sentence: ({ limit, got }) =>
      `The breaker tripped ${got} times within an hour; after ${limit} two people have to reset it.`,
  },
} as const satisfies Readonly<Record<string, RiskCodeEntry>>

/** A code of the table. */
export type RiskCode = keyof typeof riskCodes
