import { exp } from '../elementary.js'
import type { Random } from '../random.js'
import { type Duration, dayMs } from '../time.js'

/** The state of a made-up market, bar by bar. The figures are those of the bar last advanced to. */
export interface SyntheticMarket {
  /** Moves to the bar that opens at `time`, in ms UTC, at `level`, the log of the price over the first one. */
  advance(time: number, level: number): void
  /** Standard deviation of the bar's log-return. */
  readonly sigma: number
  /** Expected log-return of the bar, a jump included. */
  readonly drift: number
  /** Volume of the bar in base units, given its log-return. */
  volume(change: number): number
}

interface Regime {
  readonly meanHours: number
  /** Log-return of an average day, in standard deviations of one. */
  readonly drift: number
  /** Multiple of the average volatility. */
  readonly volatility: number
  /** Share of the way back to the price at which the regime began, per hour. */
  readonly pull: number
  readonly jumpsPerDay: number
  /** What follows, in shares that sum to 1. */
  readonly next: readonly { readonly regime: RegimeName; readonly share: number }[]
}

type RegimeName = 'rise' | 'fall' | 'range' | 'crisis'

const regimes: Readonly<Record<RegimeName, Regime>> = {
  rise: {
    meanHours: 30,
    drift: 0.55,
    volatility: 0.9,
    pull: 0,
    jumpsPerDay: 0.5,
    next: [
      { regime: 'range', share: 0.7 },
      { regime: 'fall', share: 0.23 },
      { regime: 'crisis', share: 0.07 },
    ],
  },
  fall: {
    meanHours: 30,
    drift: -0.5,
    volatility: 1,
    pull: 0,
    jumpsPerDay: 0.5,
    next: [
      { regime: 'range', share: 0.7 },
      { regime: 'rise', share: 0.23 },
      { regime: 'crisis', share: 0.07 },
    ],
  },
  range: {
    meanHours: 36,
    drift: 0,
    volatility: 0.7,
    pull: 0.1,
    jumpsPerDay: 0.3,
    next: [
      { regime: 'rise', share: 0.5 },
      { regime: 'fall', share: 0.45 },
      { regime: 'crisis', share: 0.05 },
    ],
  },
  crisis: {
    meanHours: 5,
    drift: -1.5,
    volatility: 2.5,
    pull: 0,
    jumpsPerDay: 12,
    next: [
      { regime: 'range', share: 0.5 },
      { regime: 'rise', share: 0.3 },
      { regime: 'fall', share: 0.2 },
    ],
  },
}

/** Volatility and volume by hour of the day, UTC: quiet before Europe wakes, busiest when New York opens. */
const hourly = [
  1.0, 0.95, 0.85, 0.75, 0.7, 0.7, 0.75, 0.9, 1.0, 1.0, 0.95, 0.95, 1.05, 1.25, 1.45, 1.45, 1.35, 1.25, 1.15, 1.1, 1.1,
  1.05, 1.0, 1.0,
]
const weekendActivity = 0.7
/** Log-volatility forgets half of a surprise in this many hours. */
const memoryHours = 6
const logVolatilitySpread = 0.35
/** Standard deviation of a jump, in average days. */
const jumpSize = 0.4
/** Pull to the first price, per hour, so that a tape of any length keeps to prices that exist. */
const homeward = 1 / (24 * 365)
const unitsPerHour = 120
const hourMs = 3_600_000

/** Makes the hidden half of a synthetic market; each stream of randomness has a name of its own. */
export function createSyntheticMarket(
  random: Random,
  options: { readonly interval: Duration; readonly annualVolatility: number },
): SyntheticMarket {
  const chain = random.stream('tape.regime')
  const surprise = random.stream('tape.volatility')
  const jump = random.stream('tape.jump')
  const turnover = random.stream('tape.volume')
  const days = options.interval / dayMs
  const hours = options.interval / hourMs
  const dailySigma = options.annualVolatility / Math.sqrt(365)
  const persistence = exp((-Math.LN2 * hours) / memoryHours)
  const innovation = logVolatilitySpread * Math.sqrt(1 - persistence * persistence)
  let regime = regimes.range
  let anchor = 0
  let logVolatility = 0
  let activity = 1
  let sigma = 0
  let drift = 0
  const turnPage = (level: number): void => {
    if (chain.uniform() >= 1 - exp(-hours / regime.meanHours)) return
    regime = regimes[successor(regime, chain.uniform())]
    anchor = level
  }
  const jumped = (): number =>
    jump.uniform() < 1 - exp(-regime.jumpsPerDay * days) ? jump.normal() * jumpSize * dailySigma : 0
  return {
    advance(time, level) {
      turnPage(level)
      logVolatility = persistence * logVolatility + innovation * surprise.normal()
      activity = seasonAt(time)
      sigma = dailySigma * Math.sqrt(days) * regime.volatility * activity * exp(logVolatility)
      const pull = (anchor - level) * (1 - exp(-regime.pull * hours)) - level * (1 - exp(-homeward * hours))
      drift = regime.drift * dailySigma * days + pull + jumped()
    },
    get sigma() {
      return sigma
    },
    get drift() {
      return drift
    },
    volume(change) {
      const excitement = 1 + Math.abs(change) / sigma
      const units = unitsPerHour * hours * activity * activity * regime.volatility * excitement
      return Math.round(units * exp(0.6 * turnover.normal() + 0.5 * logVolatility) * 1e4) / 1e4
    },
  }
}

function successor({ next }: Regime, draw: number): RegimeName {
  let below = 0
  for (const { regime, share } of next) {
    below += share
    if (draw < below) return regime
  }
  return next[0]!.regime
}

/** Activity at a time: the hour's, blended into the next one's, and less on weekends. */
function seasonAt(time: number): number {
  const hour = Math.floor(time / hourMs)
  const part = time / hourMs - hour
  const index = ((hour % 24) + 24) % 24
  const value = hourly[index]! * (1 - part) + hourly[(index + 1) % 24]! * part
  // 1970-01-01 was a Thursday.
  const weekday = (((Math.floor(time / dayMs) + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6 ? value * weekendActivity : value
}
