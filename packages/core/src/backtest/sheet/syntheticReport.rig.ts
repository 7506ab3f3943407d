import { dayMs } from '../../time.js'
import { defaultFillPolicy } from '../fillPolicy.js'
import type { EquityCurve, FillRow, LimitUse, Report, ReportConfig, RoundTrip } from '../report.js'
import { statistics } from '../statistics.js'

/** What a made-up run should look like. */
export interface SyntheticOptions {
  readonly seed?: number
  /** Rows of equity. */
  readonly rows?: number
  /** Milliseconds between rows. */
  readonly interval?: number
  /** Mean return of a row. */
  readonly drift?: number
  readonly trades?: number
}

const start = Date.UTC(2019, 0, 1)

/** A made-up run for tests of pictures and tables: a seeded walk, with trades that have nothing to do with it. */
export function syntheticReport(options: SyntheticOptions = {}): Report {
  const { seed = 1, rows = 40_000, interval = dayMs / 24, drift = 1e-5, trades = 180 } = options
  const uniform = generator(seed)
  const equity = walk(uniform, { rows, interval, drift })
  const end = equity.time[rows - 1]!
  const roundTrips = Array.from({ length: trades }, (_, i) => roundTrip(uniform, i / trades, end))
  const fills = roundTrips.flatMap(fillsOf)
  const fees = fills.reduce((sum, fill) => sum + fill.fee, 0)
  return {
    config: config({ seed, rows, interval, end }),
    equity,
    trades: roundTrips,
    fills,
    statistics: statistics({
      equity,
      trades: roundTrips,
      periodsPerYear: 365,
      buyAndHoldReturn: 0.42,
      exposure: 0.61,
      fees,
      turnover: 38.2,
      orders: 2 * trades,
    }),
    ...limitsAtWork,
    warnings: ['Latency of 120 ms is below one bar and cannot be resolved: it did not move any fill.'],
    ambiguousBars: 4,
    ledger: { cash: '8123.45', fees: fees.toFixed(2), realised: '-1876.55', deposits: '10000' },
    resultHash: '5f1c0a9d7b3e48d2a6f09c1e57b8d3f4a2c6e8091b7d5f3e1a9c8b7d6f5e4ae2',
  }
}

/** A use that rises and falls. */
function wave(most: number): LimitUse {
  const time = Float64Array.from({ length: 500 }, (_, index) => start + (index + 1) * dayMs)
  const use = time.map((_, index) => (most * (index % 100)) / 99)
  return { most, mostTime: time[99]!, last: use[499]!, days: { time, use } }
}

const limitsAtWork: Pick<Report, 'refusals' | 'trips' | 'limits'> = {
  refusals: [
    {
      code: 'CLIP',
      rule: 'clip',
      refused: 0,
      shrunk: 41,
      firstTime: start + 40 * dayMs,
      lastTime: start + 60 * dayMs,
      example: 'limit 0.4 base, got 0.9',
      cutMean: 0.4,
      cutMost: 0.55,
    },
    {
      code: 'MAX_ORDERS',
      rule: 'orders',
      refused: 3,
      shrunk: 0,
      firstTime: start + 90 * dayMs,
      lastTime: start + 90 * dayMs,
      example: 'limit 10, got 11',
      cutMean: 0,
      cutMost: 0,
    },
  ],
  limits: [
    { rule: 'engine', asked: 400, approved: 400, shrunk: 0, refused: 0, use: undefined },
    { rule: 'clip', asked: 400, approved: 359, shrunk: 41, refused: 0, use: undefined },
    { rule: 'orders', asked: 400, approved: 397, shrunk: 0, refused: 3, use: undefined },
    { rule: 'dailyLoss', asked: 397, approved: 397, shrunk: 0, refused: 0, use: wave(0.4) },
    { rule: 'maxDrawdown', asked: 397, approved: 397, shrunk: 0, refused: 0, use: wave(0.63) },
  ],
  trips: [
    {
      time: start + 400 * dayMs,
      code: 'DAILY_LOSS',
      rule: 'dailyLoss',
      mode: 'reduceOnly',
      limit: '0.03',
      got: '0.0312',
      until: start + 401 * dayMs,
    },
  ],
}

function config({
  seed,
  rows,
  interval,
  end,
}: {
  seed: number
  rows: number
  interval: number
  end: number
}): ReportConfig {
  return {
    strategies: [{ name: 'sma-cross', params: { slow: 30, fast: 10 }, allocation: 1 }],
    instruments: instruments.map((id, i) => ({
      id,
      bars: rows,
      from: start,
      to: end,
      interval,
      tick: 0.01,
      lot: 0.00001,
      digest: String(i + 1).repeat(64),
    })),
    cash: '10000',
    leverage: 1,
    fees: 'maker 0.02 %, taker 0.06 %',
    slippage: 'half spread of 1 bp',
    latency: 'none',
    fillPolicy: defaultFillPolicy,
    rules: ['dailyLoss 3 %', 'maxDrawdown 15 %', 'CLIP 2 % of volume'],
    sizer: 'exposure',
    targets: 'atDecision',
    defaultStop: 'none',
    seed,
    periodsPerYear: 365,
    version: '0.1.0',
  }
}

const instruments = ['BTC-USDT.sim', 'ETH-USDT.sim', 'SOL-USDT.sim']

function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function walk(
  uniform: () => number,
  { rows, interval, drift }: Required<Pick<SyntheticOptions, 'rows' | 'interval' | 'drift'>>,
): EquityCurve {
  const time = new Float64Array(rows)
  const equity = new Float64Array(rows)
  let value = 10_000
  let spread = 0.002
  for (let i = 0; i < rows; i++) {
    if (i > 0) {
      spread = Math.max(0.0008, spread + (uniform() - 0.5) * 0.0001 + (0.002 - spread) * 0.001)
      value *= 1 + drift + spread * (uniform() + uniform() + uniform() - 1.5)
    }
    time[i] = start + (i + 1) * interval
    equity[i] = value
  }
  return { length: rows, time, equity }
}

function roundTrip(uniform: () => number, share: number, end: number): RoundTrip {
  const entryTime = Math.floor((start + (end - start) * share * 0.98) / 3_600_000) * 3_600_000
  const exitTime = entryTime + Math.ceil(uniform() * uniform() * 300) * 3_600_000
  const entryPrice = 5_000 + Math.floor(uniform() * 4_000_000) / 100
  const profitRatio = (uniform() + uniform() + uniform() - 1.48) * 0.06
  const direction = uniform() < 0.6 ? 'long' : 'short'
  const quantity = Math.ceil((uniform() * 8_000 * 1000) / entryPrice) / 1000
  const notional = quantity * entryPrice
  return {
    strategy: 'sma-cross',
    instrument: instruments[Math.floor(uniform() * instruments.length)]!,
    direction,
    quantity,
    entryTime,
    exitTime,
    entryPrice,
    exitPrice: Math.round(entryPrice * (1 + (direction === 'long' ? profitRatio : -profitRatio)) * 100) / 100,
    fees: notional * 0.0012,
    profit: notional * profitRatio,
    profitRatio,
    maxAdverse: -notional * (Math.max(0, -profitRatio) + uniform() * 0.03),
    maxFavorable: notional * (Math.max(0, profitRatio) + uniform() * 0.03),
    open: share > 0.994,
  }
}

function fillsOf(trade: RoundTrip, index: number): readonly FillRow[] {
  const shared = {
    instrument: trade.instrument,
    strategy: trade.strategy,
    quantity: trade.quantity,
    fee: trade.fees / 2,
  }
  const [entry, exit] = trade.direction === 'long' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const)
  const liquidity = index % 3 === 0 ? 'maker' : 'taker'
  return [
    {
      ...shared,
      time: trade.entryTime,
      orderId: `run-1-${2 * index}`,
      side: entry,
      price: trade.entryPrice,
      liquidity,
    },
    {
      ...shared,
      time: trade.exitTime,
      orderId: `run-1-${2 * index + 1}`,
      side: exit,
      price: trade.exitPrice,
      liquidity: 'taker',
    },
  ]
}
