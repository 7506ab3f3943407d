/** What moves an asset in a crash. */
export type AssetClass = 'bitcoin' | 'coin' | 'stablecoin' | 'syntheticDollar' | 'fiat'

/**
 * Which bound a stress is held against: `limit`, where stops work badly, counts in the portfolio's risk; `gap`, where
 * prices jump over stops, and `counterparty`, where a venue fails, have ceilings of their own.
 */
export type StressClass = 'limit' | 'gap' | 'counterparty'

/** What every scenario has. */
export interface StressName {
  /** Different for each scenario. */
  readonly name: string
  readonly class: StressClass
  /** Raised by one whenever the figures change, so that old reports stay comparable. */
  readonly version: number
}

/** All positions leave at their stops at once, at so many times the usual slippage. */
export interface StopsStress extends StressName {
  readonly kind: 'stops'
  readonly slippageMultiple: number
}

/** All positions leave now, at so many times the usual spread and gas. */
export interface ExitStress extends StressName {
  readonly kind: 'exit'
  readonly spreadMultiple: number
  readonly gasMultiple: number
}

/** Prices jump by class of asset, -0.5 for a fall by half; what is not named stays. */
export interface ShockStress extends StressName {
  readonly kind: 'shock'
  readonly shocks: Readonly<Partial<Record<AssetClass, number>>>
  /** Classes whose price jumps at one venue only; the worst venue counts. */
  readonly atOneVenue?: readonly AssetClass[]
}

/** Nothing can be done for some hours while every price moves against its position by so many standard deviations. */
export interface OutageStress extends StressName {
  readonly kind: 'outage'
  readonly hours: number
  readonly deviations: number
}

/** The venue that holds most is gone with all that lies there. */
export interface VenueStress extends StressName {
  readonly kind: 'venueLost'
}

/** One thing that may go wrong, as data. */
export type StressScenario = StopsStress | ExitStress | ShockStress | OutageStress | VenueStress

/**
 * The scenarios AsterAI starts from. Past falls are rounded and stand for their kind; coins fall with bitcoin where
 * history names no figure of their own. Add your own with `[...stressScenarios, { … }]`.
 */
export const stressScenarios: readonly StressScenario[] = [
  { name: 'all stops hit at once', class: 'limit', version: 1, kind: 'stops', slippageMultiple: 1 },
  { name: 'stops slip three times as far', class: 'limit', version: 1, kind: 'stops', slippageMultiple: 3 },
  { name: 'spreads of 20 times', class: 'limit', version: 1, kind: 'exit', spreadMultiple: 20, gasMultiple: 1 },
  { name: 'gas of 50 times', class: 'limit', version: 1, kind: 'exit', spreadMultiple: 1, gasMultiple: 50 },
  {
    name: 'March 2020: bitcoin halves in a day',
    class: 'gap',
    version: 1,
    kind: 'shock',
    shocks: { bitcoin: -0.5, coin: -0.5 },
  },
  {
    name: 'May 2021: bitcoin falls by 30 %',
    class: 'gap',
    version: 1,
    kind: 'shock',
    shocks: { bitcoin: -0.3, coin: -0.3 },
  },
  {
    name: 'October 2025: coins wick by 80 %, interfaces frozen',
    class: 'gap',
    version: 1,
    kind: 'shock',
    shocks: { bitcoin: -0.15, coin: -0.8, syntheticDollar: -0.35 },
    atOneVenue: ['syntheticDollar'],
  },
  { name: 'stablecoins at 0.88', class: 'gap', version: 1, kind: 'shock', shocks: { stablecoin: -0.12 } },
  { name: 'six hours without access', class: 'gap', version: 1, kind: 'outage', hours: 6, deviations: 6 },
  { name: 'a venue is gone', class: 'counterparty', version: 1, kind: 'venueLost' },
]
