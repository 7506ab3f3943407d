import { createRandom, type MarketEvent, type Quote, type Trade, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { askAt, type StreamingModel } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { plantedTrades } from '../testing/plantedTrades.js'
import { orderFlow } from './orderFlow.js'
import type { OrderFlowOptions } from './orderFlowOptions.js'

const fast: OrderFlowOptions = { windows: [500, 2_000, 5_000], horizon: 2_000, step: 500 }
const planted = { persistence: 0.7, response: 0.6 }

/** How often the model speaks, and of that how often it has the side right, by what it claims. */
function score(model: StreamingModel, trades: readonly Trade[]) {
  let [asked, spoken, right, claimed] = [0, 0, 0, 0]
  const open: { readonly due: number; readonly side: number; readonly price: number }[] = []
  for (const trade of trades) {
    while (open[0] !== undefined && open[0].due < trade.time) {
      const { side, price } = open.shift()!
      if (side * (trade.price - price) > 0) right++
    }
    model.update(trade)
    const answer = model.predict(askAt(trade.time))
    asked++
    if (answer.kind === 'abstain') continue
    spoken++
    claimed += (1 + answer.confidence) / 2
    open.push({ due: trade.time + answer.horizon, side: Math.sign(answer.direction), price: trade.price })
  }
  return { speaks: spoken / asked, right: right / (spoken - open.length), claimed: claimed / spoken }
}

/** The same trades with sides that have nothing to do with the price. */
function shuffled(trades: readonly Trade[], seed: number): Trade[] {
  const random = createRandom(seed).stream('sides')
  return trades.map((trade) => ({ ...trade, aggressor: random.uniform() < 0.5 ? 'buy' : 'sell' }))
}

/** A quote after each trade, larger on the side that the price will go to. */
function withQuotes(trades: readonly Trade[], tells: boolean): (Trade | Quote)[] {
  return trades.flatMap((trade, at) => {
    const later = trades[Math.min(at + 8, trades.length - 1)]!.price
    const up = tells ? later > trade.price : at % 2 === 0
    const { instrument, time, price } = trade
    const quote: Quote = {
      kind: 'quote',
      instrument,
      time,
      bid: price - 0.01,
      ask: price + 0.01,
      bidSize: up ? 6 : 4,
      askSize: up ? 4 : 6,
    }
    return [trade, quote]
  })
}

describe('orderFlow', () => {
  it('finds a planted response to the flow, and is right about as often as it claims', () => {
    const { speaks, right, claimed } = score(orderFlow(fast), plantedTrades({ length: 20_000, seed: 1, ...planted }))
    expect(speaks).toBeGreaterThan(0.7)
    expect(right).toBeGreaterThan(0.56)
    expect(Math.abs(right - claimed)).toBeLessThan(0.05)
  })

  it('never speaks on 50 tapes whose flow moves nothing, half of them with sides that repeat', () => {
    const spoke = Array.from({ length: 50 }, (_, seed) => {
      const trades = plantedTrades({ length: 8_000, seed, persistence: seed % 2 === 0 ? 0 : 0.7 })
      return score(orderFlow(fast), trades).speaks > 0
    })
    expect(spoke.filter(Boolean).length).toBe(0)
  })

  it('finds nothing once the signs are shuffled', () => {
    const trades = plantedTrades({ length: 10_000, seed: 2, ...planted })
    expect(score(orderFlow(fast), trades).speaks).toBeGreaterThan(0.5)
    const speaks = [1, 2, 3, 4].map((seed) => score(orderFlow(fast), shuffled(trades, seed)).speaks)
    expect(speaks.reduce((sum, share) => sum + share, 0) / speaks.length).toBeLessThan(0.1)
  })

  it('learns from quotes too', () => {
    const trades = plantedTrades({ length: 6_000, seed: 3 })
    const speaks = (events: readonly MarketEvent[]): number => {
      const model = orderFlow(fast)
      const spoken = events.filter((event) => {
        model.update(event)
        return model.predict(askAt(event.time)).kind === 'forecast'
      })
      return spoken.length / events.length
    }
    expect(speaks(withQuotes(trades, true))).toBeGreaterThan(0.5)
    expect(speaks(withQuotes(trades, false))).toBeLessThan(0.2)
  })

  it('gives the mirrored forecast for the mirrored tape', () => {
    const trades = plantedTrades({ length: 4_000, seed: 4, ...planted })
    const [model, mirror] = [orderFlow({ ...fast, evidenceMin: 0 }), orderFlow({ ...fast, evidenceMin: 0 })]
    for (const trade of trades) {
      model.update(trade)
      const aggressor = trade.aggressor === 'buy' ? 'sell' : 'buy'
      mirror.update({ ...trade, aggressor, price: 10_000 / trade.price })
    }
    const ask = askAt(trades.at(-1)!.time)
    const [a, b] = [model.predict(ask), mirror.predict(ask)]
    if (a.kind === 'abstain' || b.kind === 'abstain') throw new Error('Both must speak.')
    expect(b.direction).toBeCloseTo(-a.direction, 2)
    expect(b.confidence).toBeCloseTo(a.confidence, 2)
  })

  it('knows no label before its horizon has passed', () => {
    const trades = plantedTrades({ length: 3_000, seed: 5, ...planted })
    const cut = trades[2_000]!.time
    // From here on the price jumps away; nothing learned up to a horizon later may show it, but for the samples due since.
    const jumped = trades.map((trade) => (trade.time > cut ? { ...trade, price: trade.price * 1.5 } : trade))
    const [model, other] = [orderFlow({ ...fast, evidenceMin: 0 }), orderFlow({ ...fast, evidenceMin: 0 })]
    for (const [at, trade] of trades.entries()) {
      model.update(trade)
      other.update(jumped[at]!)
      if (trade.time > cut) break
      expect(other.predict(askAt(trade.time))).toEqual(model.predict(askAt(trade.time)))
    }
  })

  it('says why it is silent', () => {
    const trades = plantedTrades({ length: 3_000, seed: 6 })
    const model = orderFlow(fast)
    for (const trade of trades.slice(0, 100)) model.update(trade)
    const reason = 'order flow: too few labels are known'
    expect(model.predict(askAt(trades[99]!.time))).toEqual({ kind: 'abstain', code: 'cold', reason })
    for (const trade of trades.slice(100)) model.update(trade)
    expect(model.predict(askAt(trades.at(-1)!.time))).toEqual({
      kind: 'abstain',
      code: 'no-edge',
      reason: 'order flow: its forecasts have not been better than none',
    })
    expect(model.predict(askAt(timestamp(trades.at(-1)!.time + 2_001)))).toMatchObject({ code: 'expired' })
  })

  it('finds on bars that a planted return to the mean follows a push, and claims half', () => {
    const bars = plantedBars({ plant: { kind: 'meanReverting', halfLife: 4, sigma: 10 }, length: 6_000, seed: 1 })
    const options: OrderFlowOptions = { source: 'bars', windows: [1, 5, 20], horizon: 3 }
    const model = orderFlow(options)
    let [spoken, right, claimed] = [0, 0, 0]
    for (const [at, bar] of bars.entries()) {
      model.update(bar)
      const answer = model.predict(askAt(bar.time))
      const later = bars[at + 3]
      if (answer.kind === 'abstain' || later === undefined) continue
      spoken++
      claimed += answer.confidence
      if (answer.direction * (later.close - bar.close) > 0) right++
    }
    expect(spoken).toBeGreaterThan(2_000)
    expect(right / spoken).toBeGreaterThan(0.55)
    expect(claimed / spoken).toBeLessThan(2 * (right / spoken) - 1)
  })

  it('is silent on the bars of a random walk', () => {
    const speaks = [1, 2, 3, 4].map((seed) => {
      const model = orderFlow({ source: 'bars', horizon: 3 })
      const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 3_000, seed })
      const spoken = bars.filter((bar) => {
        model.update(bar)
        return model.predict(askAt(bar.time)).kind === 'forecast'
      })
      return spoken.length / bars.length
    })
    expect(speaks.reduce((sum, share) => sum + share, 0) / speaks.length).toBeLessThan(0.1)
  })

  it.each([
    [{ source: 'quotes' as 'bars' }, 'source "quotes" of orderFlow is out of range.'],
    [{ windows: [] }, 'windows "[]" of orderFlow is out of range.'],
    [{ windows: [0.5] }, 'windows "[0.5]" of orderFlow is out of range.'],
    [{ windows: [1, 5_000] }, 'windows "[1,5000]" of orderFlow is out of range.'],
    [{ horizon: 0 }, 'horizon/step "0/1000" of orderFlow is out of range.'],
    [{ source: 'bars', step: 2 }, 'horizon/step "10/2" of orderFlow is out of range.'],
    [{ ridge: 0 }, 'ridge "0" of orderFlow is out of range.'],
    [{ memory: 10 }, 'memory "10" of orderFlow is out of range.'],
    [{ evidenceMin: Number.NaN }, 'evidenceMin "NaN" of orderFlow is out of range.'],
  ] satisfies [OrderFlowOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => orderFlow(options)).toThrow(message)
  })

  describe('keeps the model contract on trades and quotes', () => {
    const events = withQuotes(plantedTrades({ length: 900, seed: 7, ...planted }), true)
    const steps = events.map((event) => ({ event, row: askAt(event.time) }))
    const create = () => orderFlow({ ...fast, evidenceMin: 0 })
    for (const check of modelContract({ create, steps })) it(check.name, () => check.run())
  })

  describe('keeps the model contract on bars', () => {
    const bars = plantedBars({ plant: { kind: 'meanReverting', halfLife: 4, sigma: 10 }, length: 1_500, seed: 1 })
    const steps = bars.map((event) => ({ event, row: askAt(event.time) }))
    const create = () => orderFlow({ source: 'bars', windows: [1, 5], horizon: 3, evidenceMin: 0 })
    for (const check of modelContract({ create, steps })) it(check.name, () => check.run())
  })
})
