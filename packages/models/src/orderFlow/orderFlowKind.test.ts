import { timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import type { ModelArtifact } from '../artifact.js'
import { askAt } from '../model.js'
import { plantedBars } from '../testing/plantedBars.js'
import { plantedTrades } from '../testing/plantedTrades.js'
import { flowDataset } from './flowDataset.js'
import { orderFlow } from './orderFlow.js'
import { orderFlowKind } from './orderFlowKind.js'

const windows = { windows: [500, 2_000, 5_000], horizon: 2_000, step: 500 }
const trades = plantedTrades({ length: 12_000, seed: 1, persistence: 0.7, response: 0.6 })
const data = flowDataset(trades.slice(0, 10_000), windows)
const { train, load, defaults } = orderFlowKind
const request = { id: 'flow', data, params: { ...defaults, ...windows }, seed: 1 }

describe('flowDataset', () => {
  it('labels each row with what came of it after the horizon, and no row beyond the end', () => {
    expect(data.names).toHaveLength(8)
    expect(data.rows).toBeGreaterThan(4_000)
    expect(data.times[data.rows - 1]! + 2_000).toBeLessThan(trades[9_999]!.time)
    for (const row of [0, 100, data.rows - 1]) {
      const priceAt = (time: number): number => trades.findLast((trade) => trade.time <= time)!.price
      expect(data.prices[row]).toBe(priceAt(data.times[row]!))
      const move = Math.log(priceAt(data.labels.ends[row]!) / data.prices[row]!)
      expect(data.labels.returns[row]).toBeCloseTo(move, 14)
      expect(data.labels.classes[row]).toBe(1 + Math.sign(move))
    }
  })

  it('says the same of the past whatever comes later', () => {
    const shorter = flowDataset(trades.slice(0, 5_000), windows)
    const { rows } = shorter
    expect([...shorter.times]).toEqual([...data.times.subarray(0, rows)])
    expect([...shorter.labels.returns]).toEqual([...data.labels.returns.subarray(0, rows)])
    for (let column = 0; column < 8; column++) {
      const at = column * rows
      expect(shorter.features.subarray(at, at + rows)).toEqual(
        data.features.subarray(column * data.rows, column * data.rows + rows),
      )
    }
  })

  it('passes over what the model passes over: figures that are none, and what is late', () => {
    const spoiled = trades
      .slice(0, 3_000)
      .flatMap((trade) => [
        trade,
        { ...trade, price: Number.NaN },
        { ...trade, quantity: 0 },
        { ...trade, price: 2 * trade.price, time: timestamp(trade.time - 1) },
      ])
    expect(flowDataset(spoiled, windows)).toEqual(flowDataset(trades.slice(0, 3_000), windows))
  })

  it('refuses a tape without a labelled row, and bars', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 1 }, length: 50, seed: 1 })
    expect(() => flowDataset(bars)).toThrow('A tape of 50 events gives no labelled row.')
    expect(() => flowDataset(trades, { source: 'bars' })).toThrow('made of trades and quotes, not of bars.')
  })
})

describe('orderFlowKind', () => {
  const artifact = train(request)

  it('finds the planted response, and nothing once labels are shuffled', () => {
    const { evidence, skill, shuffled } = artifact.manifest.metrics as Record<string, number> & {
      readonly shuffled: Record<string, number>
    }
    expect(evidence).toBeGreaterThan(4)
    expect(skill).toBeGreaterThan(0.02)
    expect(shuffled.evidence).toBeLessThan(2)
    expect(shuffled.skill).toBeLessThan(0.005)
    expect(artifact.manifest.metrics.naive).toEqual({ skill: 0, evidence: 0 })
  })

  it('warns where it has found nothing, and is silent before the end of its training', () => {
    expect(artifact.manifest.metrics.warnings).toEqual([])
    const noise = flowDataset(plantedTrades({ length: 6_000, seed: 3 }), windows)
    const found = train({ ...request, data: noise }).manifest.metrics.warnings
    expect(found).toEqual([expect.stringMatching(/^No edge: evidence -?\d\.\d\d is below 3, so it stays silent/)])
    const early = load(artifact).predict(askAt(trades[5_000]!.time))
    expect(early).toMatchObject({ kind: 'abstain', code: 'expired' })
  })

  it('learns what the model learns on the way', () => {
    const model = orderFlow(windows)
    const trained = load(artifact)
    for (const trade of trades.slice(0, 10_000)) model.update(trade)
    for (const trade of trades.slice(10_000)) {
      model.update(trade)
      trained.update!(trade)
    }
    const ask = askAt(trades.at(-1)!.time)
    const [a, b] = [model.predict(ask), trained.predict(ask)]
    if (a.kind === 'abstain' || b.kind === 'abstain') throw new Error('Both must speak.')
    expect(b.direction).toBeCloseTo(a.direction, 1)
    expect(b.confidence).toBeCloseTo(a.confidence, 1)
  })

  it('gives the same bytes for the same request, and loads a model that continues', () => {
    expect(train(request)).toEqual(artifact)
    const model = load(artifact)
    for (const trade of trades.slice(10_000, 10_500)) model.update!(trade)
    const copy = load(artifact)
    copy.restore(model.snapshot())
    const ask = askAt(trades[10_499]!.time)
    expect(copy.predict(ask)).toEqual(model.predict(ask))
    expect(model.predict(ask).kind).toBe('forecast')
  })

  it('does not answer before its last label was known', () => {
    const end = data.labels.ends.at(-1)!
    expect(end).toBeGreaterThan(data.times.at(-1)!)
    expect(artifact.manifest.trainRange.to).toBe(end)
    const model = load(artifact)
    for (const trade of trades.filter(({ time }) => time < end)) model.update!(trade)
    expect(model.predict(askAt(timestamp(end - 1)))).toMatchObject({ kind: 'abstain', code: 'expired' })
    expect(model.predict(askAt(timestamp(end))).kind).toBe('forecast')
  })

  it('refuses features and labels that are no numbers, or too few', () => {
    const features = data.features.slice()
    features[3] = Number.NaN
    expect(() => train({ ...request, data: { ...data, features } })).toThrow(
      'The dataset has in "features" "NaN" at 3.',
    )
    const labels = { ...data.labels, returns: data.labels.returns.slice(1) }
    const message = `The dataset has in "returns" ${data.rows - 1} numbers, not ${data.rows}.`
    expect(() => train({ ...request, data: { ...data, labels } })).toThrow(message)
    expect(() => train({ ...request, data: { ...data, labels } })).toThrow(
      expect.objectContaining({ code: 'BAD_DATASET' }),
    )
  })

  it('refuses rows made otherwise, no rows, and what is damaged', () => {
    const params = { ...request.params, horizon: 1_000 }
    expect(() => train({ ...request, params })).toThrow('The dataset has other features or another horizon')
    expect(() => train({ ...request, data: { ...data, rows: 0 } })).toThrow('The dataset has no rows.')
    expect(() => train(request, { cancelled: () => true })).toThrow('Training "flow" was cancelled.')
    const stages = new Set<string>()
    train(request, { report: ({ stage }) => stages.add(stage) })
    expect([...stages]).toEqual(['train', 'shuffled control'])
    let looks = 0
    expect(() => train(request, { cancelled: () => ++looks > 3 })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    )
    for (const change of [{ windows: [500] }, { horizon: 4_000 }]) {
      const changed = { ...artifact.manifest.params, ...change }
      const other = { ...artifact, manifest: { ...artifact.manifest, params: changed } } as unknown as ModelArtifact
      expect(() => load(other)).toThrow('numbers of another model.')
    }
    const text = { ...artifact.manifest, params: { ...artifact.manifest.params, windows: 'all' } }
    expect(() => load({ ...artifact, manifest: text })).toThrow('windows "[all]" of orderFlow is out of range.')
  })
})
