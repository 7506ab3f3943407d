import { type Bar, type Bars, barsOf } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { addressOf } from './addressOf.js'
import type { ModelArtifact } from './artifact.js'
import { loadModel } from './loadModel.js'
import { makeArtifact } from './makeArtifact.js'
import { askAt } from './model.js'
import { modelContract } from './testing/modelContract.js'
import { plantedBars } from './testing/plantedBars.js'
import { plantedTrades } from './testing/plantedTrades.js'
import { trainJob, trainPart, trainParts } from './trainJob.js'
import type { TrainSpec } from './trainSpec.js'

const list = plantedBars({ plant: { kind: 'meanReverting', halfLife: 4, sigma: 10 }, length: 1_600, seed: 5 })
const columnsOf = (bars: readonly Bar[]): Bars => barsOf(bars, 3_600_000)
const bars = columnsOf(list.slice(0, 1_000))

const spec: TrainSpec = {
  id: 'reversion',
  kind: 'classifier',
  seed: 1,
  params: {
    folds: 2,
    confidenceMin: 0,
    network: { hidden: [4], epochs: 2, batch: 64, learningRate: 1e-2, patience: 2 },
  },
  features: { indicators: ['rsi', 'bollingerWidth', 'cci'], groups: ['indicators'] },
  labels: { kind: 'forwardReturn', bars: 4 },
}
const artifact = trainJob(spec, bars)

function changed(change: (manifest: ModelArtifact['manifest']) => object): ModelArtifact {
  const { format: _, files: __, ...manifest } = artifact.manifest
  return makeArtifact({ ...manifest, ...change(artifact.manifest) }, Object.fromEntries(artifact.files))
}

describe('trainJob', () => {
  it('gives the same bytes for the same spec and bars, and others for another seed', () => {
    expect(addressOf(trainJob(structuredClone(spec), bars))).toBe(addressOf(artifact))
    expect(addressOf(trainJob({ ...spec, seed: 2 }, bars))).not.toBe(addressOf(artifact))
  })

  it('gives the same bytes whoever does its parts, in whichever order', () => {
    const count = trainParts(spec)
    expect(count).toBe(4)
    const done = [3, 1, 0, 2].map((part) => [part, trainPart(spec, bars, part)] as const)
    const parts = Array.from({ length: count }, (_, part) => done.find(([of]) => of === part)?.[1])
    const stages = new Set<string>()
    const whole = trainJob(spec, bars, { parts, report: ({ stage }) => stages.add(stage.split(':')[0]!) })
    expect(addressOf(whole)).toBe(addressOf(artifact))
    expect([...stages]).toEqual(['final'])
    expect(addressOf(trainJob(spec, bars, { parts: [undefined, parts[1]] }))).toBe(addressOf(artifact))
  })

  it('refuses parts that there are not, and those of another training', () => {
    expect(() => trainPart(spec, bars, 4)).toThrow('The training has no part "4".')
    expect(trainParts({ ...spec, kind: 'volatility', params: {} })).toBe(0)
    expect(() => trainPart({ ...spec, kind: 'volatility', params: {} }, bars, 0)).toThrow(
      'A training of kind "volatility" has no parts.',
    )
    const [part] = [trainPart(spec, columnsOf(list.slice(0, 900)), 0)]
    expect(() => trainJob(spec, bars, { parts: [part] })).toThrow('The checkpoint is of another training.')
  })

  it('records labels, features, range and figures', () => {
    const { manifest } = artifact
    expect(manifest).toMatchObject({ id: 'reversion', kind: 'classifier', seed: 1, params: { folds: 2 } })
    expect(manifest.labels).toMatchObject({ kind: 'forwardReturn', bars: 4 })
    expect(manifest.extra.features).toEqual({
      indicators: ['rsi', 'bollingerWidth', 'cci'],
      columns: 'primary',
      groups: ['indicators'],
    })
    expect(Object.keys(manifest.metrics).length).toBeGreaterThan(0)
  })

  it('trains a policy too, which then takes sides on later bars', () => {
    const params = { steps: 2_048, policies: 1, exposureMin: 0, validFor: 1e12 }
    const policy = trainJob({ id: 'policy', kind: 'ppo', seed: 1, params, features: spec.features! }, bars)
    const model = loadModel(policy)
    const spoken = list.filter((bar) => {
      model.update(bar)
      return model.predict(askAt(bar.time)).kind === 'forecast'
    })
    expect(spoken.length).toBeGreaterThan(300)
    expect(spoken[0]!.time).toBeGreaterThan(policy.manifest.trainRange.to)
  })

  it('trains volatility on bars, and order flow on trades', () => {
    const params = { warmup: 200, window: 300, refitEvery: 300 }
    const variance = loadModel(trainJob({ id: 'variance', kind: 'volatility', seed: 1, params }, bars))
    for (const bar of list.slice(1_000, 1_010)) variance.update(bar)
    const outlook = variance.predict(askAt(list[1_009]!.time))
    expect(outlook.kind === 'forecast' && outlook.risk?.variance).toBeGreaterThan(0)

    const trades = plantedTrades({ length: 6_000, seed: 1, persistence: 0.7, response: 0.6 })
    const windows = { windows: [500, 2_000, 5_000], horizon: 2_000, step: 500 }
    const past = trades.slice(0, 5_000)
    const flow = loadModel(trainJob({ id: 'flow', kind: 'orderFlow', seed: 1, params: windows }, past))
    const spoken = trades.slice(5_000).filter((trade) => {
      flow.update(trade)
      return flow.predict(askAt(trade.time)).kind === 'forecast'
    })
    expect(spoken.length).toBeGreaterThan(100)
    expect(() => trainJob({ id: 'flow', kind: 'orderFlow', seed: 1 }, bars)).toThrow('trained on trades and quotes')
    expect(() => trainJob(spec, past)).toThrow('A classifier is trained on bars, not on a list of 5000 events.')
  })

  it('leaves out bars that were made up', () => {
    const synthetic = new Uint8Array(bars.length).fill(1, 500, 600)
    const { trainRange } = trainJob(spec, bars, { synthetic }).manifest
    expect(trainRange.rows).toBe(artifact.manifest.trainRange.rows - 100)
  })

  it('reports progress, and stops when told to', () => {
    const stages: string[] = []
    trainJob(spec, bars, { report: ({ stage }) => stages.push(stage) })
    expect(stages.some((stage) => stage.startsWith('fold 1 of 2'))).toBe(true)
    expect(() => trainJob(spec, bars, { cancelled: () => true })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    )
  })

  it.each([
    [{ kind: 'clasifier' }, 'UNKNOWN_KIND', 'There is no kind of model "clasifier".\n  Did you mean classifier?'],
    [
      { params: { fold: 3 } },
      'UNKNOWN_PARAMETER',
      'There is no parameter of classifier "fold".\n  Did you mean folds?',
    ],
    [{ labels: { kind: 'tripleBarier' } }, 'UNKNOWN_KIND', 'There is no kind of labels "tripleBarier".'],
    [{ features: { indicators: ['rsj'] } }, 'BAD_PARAMETER', 'Option "indicators" of features has "rsj".'],
    [{ params: { folds: 1 } }, 'BAD_PARAMETER', 'Option "folds" of the classifier is "1".'],
  ])('refuses %o', (change, code, message) => {
    const run = () => trainJob({ ...spec, ...change } as TrainSpec, bars)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })

  it('refuses bars that make no row', () => {
    expect(() => trainJob(spec, columnsOf(list.slice(0, 20)))).toThrow(expect.objectContaining({ code: 'NO_ROWS' }))
  })
})

describe('loadModel', () => {
  it('abstains within its training, and forecasts after it', () => {
    const model = loadModel(artifact)
    const answers = list.map((bar) => {
      model.update(bar)
      return model.predict(askAt(bar.time))
    })
    const before = answers.slice(0, 1_000)
    expect(before.every((answer) => answer.kind === 'abstain')).toBe(true)
    expect(before.at(-1)).toMatchObject({ code: 'expired' })
    expect(answers.slice(1_000).filter((answer) => answer.kind === 'forecast').length).toBeGreaterThan(300)
  })

  it.each([
    [
      (): object => ({ kind: 'oracle' }),
      '"reversion" is of kind "oracle"; known are classifier, ppo, volatility, orderFlow',
    ],
    [(): object => ({ extra: { ...artifact.manifest.extra, features: null } }), 'cannot make the features'],
    [
      (): object => ({ extra: { ...artifact.manifest.extra, features: { indicators: ['hurst'] } } }),
      'This version cannot make the features that "reversion" was trained on.',
    ],
    [
      (): object => ({ extra: { ...artifact.manifest.extra, features: { indicators: ['rsi'] } } }),
      'This version makes other features than "reversion" was trained on.',
    ],
  ])('refuses an artifact of another kind or with other features', (change, message) => {
    const run = () => loadModel(changed(change))
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
  })

  it('refuses an artifact that does not say which features it has', () => {
    const { features: _, ...extra } = artifact.manifest.extra
    expect(() => loadModel(changed(() => ({ extra })))).toThrow('does not say which features it was trained on.')
  })

  describe('keeps the model contract', () => {
    const steps = list.slice(900).map((bar) => ({ event: bar, row: askAt(bar.time) }))
    for (const check of modelContract({ create: () => loadModel(artifact), steps })) it(check.name, () => check.run())
  })
})
