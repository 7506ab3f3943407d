import { createBars, dayMs } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import type { ModelArtifact } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { loadModel } from '../loadModel.js'
import { askAt } from '../model.js'
import type { TrainingProgress } from '../modelKind.js'
import { trainJob } from '../trainJob.js'
import { barsOfReturns } from './barsOfReturns.rig.js'
import { simulateGarch } from './simulateGarch.rig.js'
import { volatilityKind } from './volatilityKind.js'

const bars = barsOfReturns(simulateGarch({ mean: 0, omega: 2e-6, alpha: 0.25, gamma: 0, beta: 0.7 }, 2_500, 1))
const { train, load, defaults } = volatilityKind

function dataset(from: number, to: number): Dataset {
  const part = bars.slice(from, to)
  const rows = part.length
  return {
    schema: '',
    names: [],
    rows,
    features: new Float32Array(0),
    times: Float64Array.from(part, (bar) => bar.time),
    prices: Float64Array.from(part, (bar) => bar.close),
    labels: {
      spec: {},
      classCount: 3,
      classes: new Uint8Array(rows),
      returns: new Float64Array(rows),
      ends: new Float64Array(rows),
      weights: new Float64Array(rows),
    },
  }
}

const request = { id: 'vol', data: dataset(0, 2_000), params: defaults, seed: 1 }

function damaged(artifact: ModelArtifact, params: object): ModelArtifact {
  const manifest = { ...artifact.manifest, params: { ...artifact.manifest.params, ...params } }
  return { ...artifact, manifest } as ModelArtifact
}

describe('volatilityKind', () => {
  const artifact = train(request)

  it('records the loss of each method, and which was chosen', () => {
    const { metrics, params } = artifact.manifest
    expect(params.method).toMatch(/garch|gjr/)
    for (const method of ['ewma', 'garch', 'gjr', 'har']) expect(metrics[method]).toHaveProperty('pValue')
    expect(metrics.chosen).toBe(params.method)
    expect(metrics.model).toMatchObject(metrics[String(params.method)] as object)
  })

  it('gives the same bytes for the same request', () => {
    expect(train(request)).toEqual(artifact)
  })

  it('loads a model that goes on from the last row', () => {
    const model = load(artifact)
    const last = bars[1_999]!
    const before = model.predict(askAt(last.time))
    expect(before).toMatchObject({ kind: 'forecast', direction: 0 })
    for (const bar of bars.slice(2_000, 2_100)) model.update!(bar)
    const copy = load(artifact)
    copy.restore(model.snapshot())
    const ask = askAt(bars[2_099]!.time)
    expect(copy.predict(ask)).toEqual(model.predict(ask))
    expect(model.clone().predict(ask)).toEqual(model.predict(ask))
    expect(model.predict(ask)).not.toEqual(before)
  })

  it('says of a time before the end of its training nothing', () => {
    const early = load(artifact).predict(askAt(bars[1_998]!.time))
    expect(early).toMatchObject({ kind: 'abstain', code: 'expired' })
    expect(early.reason).toContain('before the end of its training')
  })

  it('warns where no method is better than the average, and not where one is', () => {
    expect(artifact.manifest.metrics.warnings).toEqual([])
    const flat = { ...request, params: { ...defaults, level: 1e-300 } }
    expect(train(flat).manifest.metrics.warnings).toEqual([
      'No method is proven better than the exponential average, which is what was trained.',
    ])
  })

  it('is silent once it is too old', () => {
    const old = load(train({ ...request, params: { ...defaults, validFor: dayMs } }))
    for (const bar of bars.slice(2_000, 2_030)) old.update!(bar)
    const reason = 'volatility: trained too long ago'
    expect(old.predict(askAt(bars[2_029]!.time))).toEqual({ kind: 'abstain', code: 'expired', reason })
  })

  it('refuses what is damaged, of another kind, or says something else', () => {
    const other = { ...artifact, manifest: { ...artifact.manifest, kind: 'classifier' } }
    expect(() => load(other)).toThrow('The artifact of "vol" is of kind "classifier", not "volatility".')
    expect(() => load({ ...artifact, files: new Map() })).toThrow('The artifact of "vol" has 0 files, and lists 1.')
    expect(() => load(damaged(artifact, { method: 'ewma' }))).toThrow('Cannot restore volatility(ewma(0.94), 500)')
    const golden = { inputs: artifact.manifest.golden.inputs, outputs: [[1]] }
    const changed = { ...artifact, manifest: { ...artifact.manifest, golden } }
    expect(() => load(changed)).toThrow('The golden rows of "vol" come out as')
  })

  it('is trained and loaded by its name', () => {
    const columns = createBars(bars[0]!.instrument, 3_600_000, bars.length)
    for (const [row, bar] of bars.entries()) {
      for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
        columns[column][row] = bar[column]
    }
    const spec = { id: 'vol-1h', kind: 'volatility', seed: 1, features: { indicators: ['rsi'] } }
    const artifact = trainJob(spec, columns)
    const model = loadModel(artifact)
    expect(model.id).toMatch(/^volatility\(vol-1h [0-9a-f]{8}\)$/)
    for (const bar of bars) if (bar.time > artifact.manifest.trainRange.to) model.update(bar)
    expect(model.predict(askAt(bars.at(-1)!.time))).toMatchObject({ kind: 'forecast', direction: 0 })
  })

  it('refuses a dataset without returns, and stops when it is told to', () => {
    expect(() => train({ ...request, data: dataset(0, 1) })).toThrow('Of 1 rows there is no return.')
    const bad = dataset(0, 900)
    bad.prices[7] = 0
    expect(() => train({ ...request, data: bad })).toThrow('The dataset has "0" as the price of row 7.')
    expect(() => train(request, { cancelled: () => true })).toThrow('Training "vol" was cancelled.')
    const stages: string[] = []
    const shares: number[] = []
    const report = ({ stage, done }: TrainingProgress): void => {
      stages.push(stage)
      shares.push(done)
    }
    train(request, { report })
    expect([...new Set(stages)]).toEqual(['compare methods', 'train'])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect([shares[0], shares.at(-1)]).toEqual([0, 1])
    let looks = 0
    expect(() => train(request, { cancelled: () => ++looks > 2 })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    )
  })
})
