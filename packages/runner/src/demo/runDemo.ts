import type { Report } from '@astertrade/core/backtest'
import { backtest } from '@astertrade/core/backtest'
import { openMarket, type Place } from '../market/openMarket.js'
import { backtestOptions } from '../run/backtestOptions.js'
import { type FinishedRun, runBacktest } from '../run/runBacktest.js'
import { loadStrategy } from '../strategy/loadStrategy.js'
import { type DemoMarket, indexMarket, syntheticMarket } from './demoMarkets.js'

/** One market of the demo, traded and held. */
export interface DemoRun {
  readonly market: DemoMarket
  readonly run: FinishedRun
  /** Buying and holding at the same costs, without the limits. */
  readonly held: Report
}

/** What `runDemo` takes. */
export interface DemoOptions {
  /** Seed of the synthetic market (default 1). */
  readonly seed?: number
  /** Hears which market is under way and how far it is, a share from 0 to 1. */
  readonly onProgress?: (title: string, ratio: number) => void
  /** The index market, undefined to leave it out (default: found if installed). */
  readonly index?: DemoMarket | undefined
}

/** Runs the ensemble under the default limits over real and over synthetic prices, costs included, beside buy and hold. */
export async function runDemo(place: Place, options: DemoOptions = {}): Promise<readonly DemoRun[]> {
  const { seed = 1, onProgress } = options
  const index = 'index' in options ? options.index : indexMarket()
  const runs: DemoRun[] = []
  for (const market of index ? [index, syntheticMarket(seed)] : [syntheticMarket(seed)]) {
    const run = await runBacktest(market.settings, place, {
      onProgress: (ratio) => onProgress?.(market.title, ratio),
    })
    runs.push({ market, run, held: await hold(market, place) })
  }
  return runs
}

async function hold({ settings }: DemoMarket, place: Place): Promise<Report> {
  const strategy = await loadStrategy({ name: 'buy-and-hold' }, place.folder)
  const { series } = openMarket(settings.market, place)
  return backtest(backtestOptions({ ...settings, params: {}, policy: 'none' }, strategy, series))
}
