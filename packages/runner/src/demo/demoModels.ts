import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Bars, dayMs } from '@astertrade/core'
import { syntheticTape } from '@astertrade/core/backtest'
import { registry } from '@astertrade/indicators'
import { type ModelArtifact, type TrainSpec, trainJob } from '@astertrade/models'
import { openMarket, type Place } from '../market/openMarket.js'
import { chooseModel } from '../models/chooseModel.js'
import { folderRepository } from '../models/folderRepository.js'
import type { DemoMarket } from './demoMarkets.js'

/** The trained models of a market of the demo. */
export interface DemoModels {
  /** Trained as the demo starts, which takes seconds. */
  readonly classifier: ModelArtifact
  /** Shipped with the package, since its training takes minutes. */
  readonly ppo: ModelArtifact
}

/** All indicators but the one that remembers thousands of bars: a history of days would be over before it is warm. */
const indicators = registry.all().flatMap(({ id }) => (id === 'kama' ? [] : [id]))
const features = { indicators, groups: ['indicators', 'bar'] } as const
/** A demo that still shows something in years to come. */
const validFor = 7_300 * dayMs

/** The models that are trained for a market, and what they pay for a trade while they learn. */
export function demoSpecs(market: DemoMarket): { readonly classifier: TrainSpec; readonly ppo: TrainSpec } {
  const { fees, slippage } = market.settings
  const costs = fees.taker + slippage.size / 10_000
  return {
    classifier: {
      id: `classifier-${market.name}`,
      kind: 'classifier',
      seed: 1,
      features,
      params: {
        folds: 3,
        validFor,
        trees: { rounds: 60, depth: 4, learningRate: 0.1 },
        network: { hidden: [32, 32], epochs: 15, batch: 256, learningRate: 1e-3, patience: 3 },
      },
    },
    ppo: { id: `ppo-${market.name}`, kind: 'ppo', seed: 1, features, params: { costs, validFor } },
  }
}

/** Prices before those of the demo: the first ten years of the index, or a year of hours of another synthetic market. */
export function barsToLearn({ name, settings }: DemoMarket, place: Place): Bars {
  if (settings.market.kind === 'files') return openMarket({ ...settings.market, to: '2010-01-01' }, place).series[0]!
  return syntheticTape({ seed: `learn ${name}`, from: '2023-01-01', interval: '1h', bars: 365 * 24 })
}

/** Folder of the models that come with the package. */
export function shippedModels(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@astertrade/runner/package.json')), 'models')
}

/** Trains what is cheap and loads the rest; both know nothing of the prices that the demo trades on. */
export async function demoModels(
  market: DemoMarket,
  place: Place,
  onProgress: (ratio: number) => void,
): Promise<DemoModels> {
  const { classifier, ppo } = demoSpecs(market)
  const folder = shippedModels()
  const { id, address } = await chooseModel(ppo.id, { models: folder, from: folder })
  return {
    classifier: trainJob(classifier, barsToLearn(market, place), { report: ({ done }) => onProgress(done) }),
    ppo: await folderRepository({ folder }).get(id, address),
  }
}
