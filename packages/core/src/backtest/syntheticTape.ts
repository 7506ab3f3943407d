import { type Bars, createBars } from '../bar.js'
import { exp, log } from '../elementary.js'
import { ConfigError } from '../errors.js'
import { defineInstrument } from '../instrument.js'
import { createRandom, type RandomStream } from '../random.js'
import { duration, timestamp } from '../time.js'
import { createSyntheticMarket } from './syntheticMarket.js'

/** What a synthetic tape looks like. */
export interface SyntheticTapeOptions {
  /** Seed of all randomness (default 1). */
  readonly seed?: number | string
  /** Number of bars, at most 10 million (default 129,600: ninety days of minutes). */
  readonly bars?: number
  /** Length of a bar, at most a day: milliseconds, or text such as `'1m'` (default one minute). */
  readonly interval?: number | string
  /** Name of what is traded (default `BTC-USD.synthetic`). */
  readonly instrument?: string
  /** Opening of the first bar: milliseconds UTC or ISO 8601 text (default `2024-01-01`). */
  readonly from?: number | string
  /** First price, from 1 to a billion (default 40,000). */
  readonly price?: number
  /** Standard deviation of log-returns over a year of 365 average days, above 0 and at most 2 (default 0.6). */
  readonly annualVolatility?: number
}

/** The options used where none are given. */
export const syntheticTapeDefaults = {
  seed: 1,
  bars: 129_600,
  interval: '1m',
  instrument: 'BTC-USD.synthetic',
  from: '2024-01-01',
  price: 40_000,
  annualVolatility: 0.6,
} as const satisfies Required<SyntheticTapeOptions>

const barsMax = 10_000_000
const intervalMax = 86_400_000
const priceMax = 1e9
const volatilityMax = 2

/**
 * Makes bars of a market that never was. The same options give the same bytes on any machine, and a longer tape begins with the
 * shorter one.
 *
 * A Markov chain moves between rise, fall, range and crisis; log-volatility is an AR(1) process (Taylor, Modelling Financial Time
 * Series, 1986) on top of the hour of the day and the weekend; jumps come at random; the extremes of a bar are those of a
 * Brownian bridge (Glasserman, Monte Carlo Methods in Financial Engineering, 2004, section 6.4). Prices lie on a grid of 0.01.
 * The regimes are planted, so a profit on this tape says nothing about a real market.
 *
 * @throws ConfigError if a number, name, time or span is out of range.
 * @example
 * const tape = syntheticTape({ seed: 7, bars: 1_440 })
 * tape.length // => 1440
 * tape.open[0] // => 40000
 */
export function syntheticTape(options: SyntheticTapeOptions = {}): Bars {
  const { seed, bars: length, instrument, price, annualVolatility, ...span } = { ...syntheticTapeDefaults, ...options }
  const interval = duration(span.interval)
  const from = timestamp(span.from)
  demand(
    'bars',
    length,
    Number.isSafeInteger(length) && length >= 1 && length <= barsMax,
    'an integer from 1 to 10 million',
  )
  demand('interval', interval, interval <= intervalMax, 'at most a day')
  demand('price', price, price >= 1 && price <= priceMax, 'a number from 1 to a billion')
  const isVolatility = annualVolatility > 0 && annualVolatility <= volatilityMax
  demand('annualVolatility', annualVolatility, isVolatility, 'above 0 and at most 2')
  const { id } = defineInstrument({ id: instrument, tick: '0.01', lot: '1' })
  const tape = createBars(id, interval, length)
  const random = createRandom(seed)
  const market = createSyntheticMarket(random, { interval, annualVolatility })
  const draws = { shock: random.stream('tape.shock'), extremes: random.stream('tape.extremes') }
  let close = onGrid(price)
  for (let i = 0; i < length; i++) {
    const open = close
    const start = log(open / price)
    market.advance(from + i * interval, start)
    const { sigma } = market
    const end = start + market.drift + sigma * draws.shock.normal()
    close = onGrid(price * exp(end))
    tape.time[i] = from + (i + 1) * interval
    tape.open[i] = open
    tape.high[i] = Math.max(open, close, onGrid(price * exp(bridgeMaximum(start, end, sigma, draws.extremes))))
    tape.low[i] = Math.min(open, close, onGrid(price * exp(-bridgeMaximum(-start, -end, sigma, draws.extremes))))
    tape.close[i] = close
    tape.volume[i] = market.volume(end - start)
  }
  return tape
}

/** Nearest price on the grid of 0.01, at least one step. */
function onGrid(value: number): number {
  return Math.max(1, Math.round(value * 100)) / 100
}

/** A draw of the maximum of a Brownian bridge from `start` to `end`: `(a + b + √((b - a)² - 2 s² ln U)) / 2`. */
function bridgeMaximum(start: number, end: number, sigma: number, stream: RandomStream): number {
  const rise = end - start
  return (start + end + Math.sqrt(rise * rise - 2 * sigma * sigma * log(1 - stream.uniform()))) / 2
}

function demand(name: string, value: number, holds: boolean, wanted: string): void {
  if (holds) return
  throw new ConfigError(`Synthetic tape: ${name} "${value}" is not ${wanted}.`, {
    code: 'BAD_PARAMETER',
    hints: [`The default is ${syntheticTapeDefaults[name as keyof typeof syntheticTapeDefaults]}.`],
  })
}
