import type { Report } from '@astertrade/core/backtest'
import { backtest } from '@astertrade/core/backtest'
import { addressOf, type ModelArtifact } from '@astertrade/models'
import { openMarket, type Place } from '../market/openMarket.js'
import { backtestOptions } from '../run/backtestOptions.js'
import { type FinishedRun, runBacktest } from '../run/runBacktest.js'
import type { RunSettings } from '../run/runSettings.js'
import { ensembleOf } from '../strategy/loadEnsemble.js'
import { loadStrategy } from '../strategy/loadStrategy.js'
import { type DemoMarket, indexMarket, syntheticMarket } from './demoMarkets.js'
import { type DemoModels, demoModels } from './demoModels.js'

/** One market of the demo, traded and held. */
export interface DemoRun {
  readonly market: DemoMarket
  readonly models: DemoModels
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
  /** Folder that the trained models will lie in, relative to the place's folder (default `models`). */
  readonly folder?: string
}

/** Runs the ensemble under the default limits over real and over synthetic prices, costs included, beside buy and hold. */
export async function runDemo(place: Place, options: DemoOptions = {}): Promise<readonly DemoRun[]> {
  const { seed = 1, onProgress, folder = 'models' } = options
  const index = 'index' in options ? options.index : indexMarket()
  const runs: DemoRun[] = []
  for (const market of index ? [index, syntheticMarket(seed)] : [syntheticMarket(seed)]) {
    const models = await demoModels(market, place, (ratio) => onProgress?.(`Classifier, ${market.title}`, ratio))
    const run = await runBacktest(withModels(market.settings, models, folder), place, {
      strategy: ensembleOf(models),
      onProgress: (ratio) => onProgress?.(market.title, ratio),
    })
    runs.push({ market, models, run, held: await hold(market, place) })
  }
  return runs
}

function withModels(settings: RunSettings, models: DemoModels, folder: string): RunSettings {
  const references = Object.values(models).map((artifact: ModelArtifact) => ({
    folder,
    id: artifact.manifest.id,
    address: addressOf(artifact),
  }))
  return { ...settings, strategy: { ...settings.strategy, models: references } }
}

async function hold({ settings }: DemoMarket, place: Place): Promise<Report> {
  const strategy = await loadStrategy({ name: 'buy-and-hold' }, place.folder)
  const { series } = openMarket(settings.market, place)
  return backtest(backtestOptions({ ...settings, params: {}, policy: 'none' }, strategy, series))
}
