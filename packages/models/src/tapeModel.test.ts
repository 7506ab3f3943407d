import { defineInstrument, type Quote, type Trade, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { abstention, askAt, type StreamingModel } from './model.js'
import { type TapeForecaster, tapeModel } from './tapeModel.js'

const { id: instrument } = defineInstrument({ id: 'A.sim', tick: '0.01', lot: '1' })
const trade: Trade = { kind: 'trade', instrument, time: timestamp(1_000), aggressor: 'buy', price: 10, quantity: 1 }
const quote: Quote = { kind: 'quote', instrument, time: timestamp(1_000), bid: 10, ask: 11, bidSize: 1, askSize: 1 }

/** Counts what it learns, and is silent about odd counts. */
function counting(reads: TapeForecaster['reads']): StreamingModel {
  return tapeModel(() => {
    let learned = 0
    return {
      id: `counting(${reads})`,
      name: 'counting',
      warmup: 2,
      horizon: 500,
      reads,
      learn: () => {
        learned++
      },
      judge: () => (learned % 2 === 1 ? abstention('counting', 'no-edge', `${learned} is odd`) : undefined),
      forecast: (time) => ({
        kind: 'forecast',
        direction: 0,
        confidence: 0,
        horizon: 500,
        reason: `${learned} at ${time}`,
      }),
      parts: () => [Float64Array.of(learned)],
      restoreParts([state]) {
        learned = state![0]!
      },
    }
  })
}

describe('tapeModel', () => {
  it('learns sound trades, and quotes if it reads them, not older than the last', () => {
    const [trades, both] = [counting('trades'), counting('trades and quotes')]
    for (const model of [trades, both]) {
      for (const event of [trade, quote, quote, { ...trade, time: timestamp(999) }, trade]) model.update(event)
    }
    expect(trades.predict(askAt(timestamp(1_200))).reason).toBe('2 at 1200')
    expect(both.predict(askAt(timestamp(1_200))).reason).toBe('4 at 1200')
  })

  it('is silent when cold, when judged so, too late and too early', () => {
    const model = counting('trades')
    const codeAt = (time: number): string => {
      const answer = model.predict(askAt(timestamp(time)))
      return answer.kind === 'abstain' ? answer.code : answer.kind
    }
    model.update(trade)
    expect(codeAt(1_000)).toBe('cold')
    model.update(trade)
    expect(codeAt(1_000)).toBe('forecast')
    expect(codeAt(1_501)).toBe('expired')
    expect(codeAt(999)).toBe('expired')
    model.update(trade)
    expect(codeAt(1_000)).toBe('no-edge')
  })

  it.each([
    { ...trade, price: Number.NaN },
    { ...trade, price: 0 },
    { ...trade, quantity: Number.POSITIVE_INFINITY },
    { ...quote, bid: 12 },
    { ...quote, ask: Number.NaN },
    { ...quote, bidSize: -1 },
    { ...quote, askSize: Number.NaN },
  ])('abstains after %o, and heals', (bad) => {
    const model = counting('trades and quotes')
    for (const event of [trade, trade, bad]) model.update(event)
    const reason = 'counting: the last event has a figure that is none'
    expect(model.predict(askAt(trade.time))).toEqual({ kind: 'abstain', code: 'nan', reason })
    for (const event of [trade, { ...quote, bid: 11 }]) model.update(event)
    expect(model.predict(askAt(trade.time)).kind).toBe('forecast')
  })
})
