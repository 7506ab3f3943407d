import { readFileSync } from 'node:fs'
import { type Bar, defineInstrument, type Trade, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { askAt, type Prediction, type StreamingModel } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { plantedTrades } from '../testing/plantedTrades.js'
import { toxicityGauge } from './toxicityGauge.js'
import { toxicityAlarm, type VpinModelOptions, vpinModel } from './vpinModel.js'

const small = { buckets: 5, barsPerBucket: 2, sigma: 10, rankWindow: 100 }
const tape: VpinModelOptions = { source: 'trades', buckets: 10, bucketVolume: 15, rankWindow: 100 }

function last(model: StreamingModel, events: readonly (Bar | Trade)[]): Prediction {
  for (const event of events) model.update(event)
  return model.predict(askAt(events.at(-1)!.time))
}

describe('vpinModel', () => {
  it.skipIf(!process.env.ASTER_DATA)('fills buckets as the worked example does (needs ASTER_DATA)', () => {
    const { toy } = JSON.parse(readFileSync(`${process.env.ASTER_DATA}/reference/vpin/expected.json`, 'utf8'))
    const { id: instrument } = defineInstrument({ id: 'TOY.sim', tick: '0.01', lot: '0.01' })
    const gauge = toxicityGauge({ buckets: 3, bucketVolume: Number(toy.bucket_volume) }, 10)
    const seen: number[] = []
    for (const [index, [aggressor, quantity]] of toy.trades.entries()) {
      const time = timestamp(index)
      gauge.takeTrade({ kind: 'trade', instrument, time, aggressor, price: 10, quantity: Number(quantity) })
      seen.push(gauge.value())
    }
    // Each of the last two trades closes two buckets at once, of which a stream shows the second.
    const none = Array.from({ length: 4 }, () => Number.NaN)
    expect(seen).toEqual([...none, toy.vpin_n3[1], toy.vpin_n3[3]])
  })

  it('ranks one-sided flow above balanced flow, of trades', () => {
    const balanced = plantedTrades({ length: 2_000, seed: 1 })
    const end = balanced.at(-1)!.time
    const oneSided = plantedTrades({ length: 80, seed: 2, persistence: 1 }).map((trade) => ({
      ...trade,
      time: timestamp(end + trade.time),
    }))
    const answer = last(vpinModel(tape), [...balanced, ...oneSided])
    if (answer.kind === 'abstain') throw new Error(answer.reason)
    expect(answer.risk!.toxicity).toBe(1)
    expect(answer).toMatchObject({ direction: 0, confidence: 0 })
    expect(answer.reason).toMatch(/^VPIN: [\d.]+, percentile 100, high toxicity$/)
  })

  it('ranks a run of rises above a walk, of bars', () => {
    const walk = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 400, seed: 1 })
    const run = walk.slice(0, 12).map((bar, at) => {
      const close = walk[399]!.close + 40 * (at + 1)
      return { ...bar, time: timestamp(walk[399]!.time + (at + 1) * 3_600_000), high: close, low: close, close }
    })
    const answer = last(vpinModel(small), [...walk, ...run])
    if (answer.kind === 'abstain') throw new Error(answer.reason)
    expect(answer.risk!.toxicity).toBeGreaterThan(0.95)
  })

  it('calls a tenth of quiet times raised, since it compares with the past alone', () => {
    const model = vpinModel(tape)
    let [raised, all] = [0, 0]
    for (const trade of plantedTrades({ length: 20_000, seed: 3 })) {
      model.update(trade)
      const answer = model.predict(askAt(trade.time))
      if (answer.kind === 'abstain') continue
      all++
      if (toxicityAlarm(answer.risk!.toxicity!) !== 'none') raised++
    }
    expect(raised / all).toBeGreaterThan(0.05)
    expect(raised / all).toBeLessThan(0.16)
  })

  it('is cold until enough buckets have closed, and lets a value expire', () => {
    const trades = plantedTrades({ length: 2_000, seed: 4 })
    const reason = 'VPIN: too few buckets of volume'
    expect(last(vpinModel(tape), trades.slice(0, 150))).toEqual({ kind: 'abstain', code: 'cold', reason })
    const model = vpinModel({ ...tape, horizon: '1m' })
    last(model, trades)
    const end = trades.at(-1)!.time
    expect(model.horizon).toBe(60_000)
    expect(model.predict(askAt(timestamp(end + 60_000))).kind).toBe('forecast')
    expect(model.predict(askAt(timestamp(end + 60_001)))).toMatchObject({ kind: 'abstain', code: 'expired' })
    expect(model.predict(askAt(timestamp(end - 1)))).toMatchObject({ kind: 'abstain', code: 'expired' })
  })

  it('is not changed by trades without a price or a quantity, and by late ones', () => {
    const trades = plantedTrades({ length: 2_000, seed: 5 })
    const [plain, spoiled] = [vpinModel(tape), vpinModel(tape)]
    for (const trade of trades) {
      plain.update(trade)
      spoiled.update(trade)
      spoiled.update({ ...trade, quantity: 0 })
      expect(spoiled.predict(askAt(trade.time))).toMatchObject({ kind: 'abstain', code: 'nan' })
      spoiled.update({ ...trade, time: timestamp(trade.time - 1) })
    }
    spoiled.update(trades.at(-1)!)
    plain.update(trades.at(-1)!)
    const ask = askAt(trades.at(-1)!.time)
    expect(spoiled.predict(ask)).toEqual(plain.predict(ask))
  })

  it.each([
    [{ source: 'quotes' as 'bars' }, 'source "quotes" of vpinModel is unknown.'],
    [{ source: 'trades' }, 'bucketVolume "0" of vpinModel makes no bucket of trades.'],
    [{ buckets: 0 }, 'buckets'],
    [{ rankWindow: 0 }, 'A distribution of "0" values is out of range.'],
    [{ source: 'trades', bucketVolume: 1, horizon: 'soon' }, 'Not a span of time: "soon".'],
  ] satisfies [VpinModelOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => vpinModel(options)).toThrow(message)
  })

  describe('keeps the model contract on bars', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 500, seed: 1 })
    const steps = bars.map((bar) => ({ event: bar, row: askAt(bar.time) }))
    for (const check of modelContract({ create: () => vpinModel(small), steps })) it(check.name, () => check.run())
  })

  describe('keeps the model contract on trades', () => {
    const steps = plantedTrades({ length: 900, seed: 1 }).map((event) => ({ event, row: askAt(event.time) }))
    for (const check of modelContract({ create: () => vpinModel(tape), steps })) it(check.name, () => check.run())
  })
})
