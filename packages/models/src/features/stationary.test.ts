import { cursor } from '@astertrade/core'
import { registry } from '@astertrade/indicators'
import { describe, expect, it } from 'vitest'
import { featureRows } from './featureRows.js'
import { realisticBars } from './realisticBars.rig.js'
import { makeStationary, stationaryOf } from './stationary.js'

const base = { close: 100, range: 4, rangeMean: 2, volume: 50 }

describe('a transform', () => {
  it.each([
    [registry.sma, 'sma', 92, -2],
    [registry.macd, 'macd', 8, 2],
    [registry.rsi, 'rsi', 75, 0.5],
    [registry.williamsR, 'williamsR', -25, 0.5],
    [registry.vpin, 'vpin', 0.25, -0.5],
    [registry.roc, 'roc', 3, 0.03],
    [registry.chaikinOscillator, 'chaikinOsc', 100, 2],
    [registry.obv, 'obv', 1500, 0.5],
    [registry.forceIndex, 'forceIndex', 300, 1.5],
    [registry.marketImpact, 'lambda', 0.08, 1],
    [registry.marketImpact, 'r2', 0.75, 0.5],
    [registry.atr, 'atr', 4, Math.LN2],
    [registry.supertrend, 'line', 96, -1],
    [registry.supertrend, 'direction', -1, -1],
    [registry.aroon, 'oscillator', 50, 0.5],
  ])('of %o gives what its units ask for', (definition, output, value, expected) => {
    expect(makeStationary(stationaryOf(definition, output), value, 1000, base)).toBeCloseTo(expected, 12)
  })
})

it('keeps what is bounded within -1 and 1, and fills a good part of that', () => {
  const bars = realisticBars({ length: 1500, seed: 1 })
  const bounded = registry
    .all()
    .flatMap((definition) =>
      definition.outputs
        .filter((output) => stationaryOf(definition, output).kind === 'centred')
        .map((output) => ({ definition, output })),
    )
  expect(bounded.length).toBeGreaterThan(15)
  for (const { definition, output } of bounded) {
    const column = definition.batch(bars)[output]!
    const transform = stationaryOf(definition, output)
    const values = Array.from(column, (value) => makeStationary(transform, value, 0, base)).filter(Number.isFinite)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    expect([definition.id, output, low >= -1 - 1e-9, high <= 1 + 1e-9]).toEqual([definition.id, output, true, true])
    expect(high - low).toBeGreaterThan(0.1)
  }
})

it('makes columns that do not change when prices, or volumes, are told in other units', () => {
  const bars = realisticBars({ length: 900, seed: 2 })
  const scaled = realisticBars({ length: 900, seed: 2 })
  for (const name of ['open', 'high', 'low', 'close'] as const) scaled[name].set(bars[name].map((price) => price * 8))
  scaled.volume.set(bars.volume.map((volume) => volume * 4))
  const ids = registry.all().map(({ id }) => id)
  const rows = [bars, scaled].map((series) => {
    const stream = featureRows({ indicators: ids.filter((id) => id !== 'kama'), columns: 'all' })
    const bar = cursor(series)
    let last: readonly number[] = []
    while (bar.advance()) last = [...stream.next(bar).values]
    return { names: stream.names, last }
  })
  for (const [column, value] of rows[0]!.last.entries()) {
    expect(rows[1]!.last[column], rows[0]!.names[column]).toBeCloseTo(value, 4)
  }
})
