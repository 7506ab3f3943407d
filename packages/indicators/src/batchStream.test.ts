import { describe, expect, it } from 'vitest'
import { type BarColumns, type BarInput, type IndicatorDefinition, registry } from './index.js'

const length = 1_000_000

/** A million bars with gaps, flat stretches and a few holes. */
function millionBars(): BarColumns {
  const bars = {
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  }
  let state = 5
  let level = 100
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const random = state / 2 ** 32
    if (index % 1000 < 950) level *= 1 + (random - 0.5) * (index % 5000 === 0 ? 0.2 : 0.002)
    const hole = index % 100_003 === 100_002
    bars.close[index] = hole ? Number.NaN : level
    bars.high[index] = level * (1 + 0.001 * (state % 7))
    bars.low[index] = level * (1 - 0.001 * (state % 5))
    bars.volume[index] = state % 10_000
  }
  return bars
}

/** Index of the first bar where stream and batch differ in a bit; -1 where there is none. */
function firstDifference(definition: IndicatorDefinition, bars: BarColumns): number {
  const { inputs, outputs } = definition
  const columns = definition.batch(bars)
  const stream = definition.create()
  const bar = { high: 0, low: 0, close: 0, volume: 0 }
  const single = inputs.length === 1 ? bars[inputs[0]!] : undefined
  for (let index = 0; index < length; index++) {
    fill(bar, bars, index)
    stream.next(single ? single[index]! : bar)
    for (const output of outputs) {
      if (!Object.is(stream.output(output), columns[output]![index]!)) return index
    }
  }
  return -1
}

function fill(bar: { -readonly [Field in keyof BarInput]: number }, bars: BarColumns, index: number): void {
  bar.high = bars.high[index]!
  bar.low = bars.low[index]!
  bar.close = bars.close[index]!
  bar.volume = bars.volume[index]!
}

describe('over a million bars with holes, gaps and flat stretches', () => {
  const bars = millionBars()
  it.each(registry.all().map((definition) => [definition.id, definition] as const))(
    '%s gives the same bits in batch as in a stream that reads one reused bar',
    (_, definition) => expect(firstDifference(definition, bars)).toBe(-1),
  )
})
