/** The limits AsterAI starts from, as shares of equity. Tightening is free; a looser limit needs `ceilings: 'own'`. */
export const seedFigures = {
  /** Largest notional of one entry order. */
  clipSize: 0.05,
  /** Loss since 00:00 UTC. */
  dailyLoss: 0.03,
  /** Fall from the high-water mark. */
  maxDrawdown: 0.1,
  /** Loss if every protective stop is hit. */
  portfolioRisk: 0.08,
  /** Sum of all positions, orders under way counted at their worst. */
  grossExposure: 1,
  /** Sum of the positions at one venue. */
  venueExposure: 0.5,
  /** Loss when prices jump over all stops. */
  gapStress: 0.25,
  /** Value at risk of one day at 95 %. */
  valueAtRisk: 0.03,
  /** Expected shortfall of one day at 99 %. */
  expectedShortfall: 0.08,
} as const

/** The tiers AsterAI starts from: with an equity of at least `from`, what a position may lose and be worth. */
export const seedTiers = [
  { from: '100', risk: 0.005, position: 0.1 },
  { from: '500', risk: 0.01, position: 0.15 },
  { from: '2000', risk: 0.015, position: 0.2 },
  { from: '5000', risk: 0.02, position: 0.25 },
] as const

/** `seed` refuses a limit above the seed figure; `own` allows it, and the rule's name says so in every report. */
export type Ceilings = 'seed' | 'own'
