import { describe, expect, it } from 'vitest'
import { type BarColumns, type BarInput, type IndicatorDefinition, registry } from './index.js'
import type { Parameter } from './parameters.js'

const length = 1_000_000
const fields = ['close', 'high', 'volume', 'low'] as const

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
    bars.close[index] = level
    bars.high[index] = level * (1 + 0.001 * (state % 7))
    bars.low[index] = level * (1 - 0.001 * (state % 5))
    bars.volume[index] = state % 10_000
    // Runs of nine holes, each in another field.
    if (index % 100_003 > 99_993) bars[fields[Math.floor(index / 100_003) % 4]!][index] = Number.NaN
  }
  return bars
}

/** Index of the first bar where stream and batch differ in a bit; -1 where there is none. */
function firstDifference(definition: IndicatorDefinition, bars: BarColumns, options: object): number {
  const { inputs, outputs } = definition
  const columns = definition.batch(bars, options)
  const stream = definition.create(options)
  const bar = { high: 0, low: 0, close: 0, volume: 0 }
  const single = inputs.length === 1 ? bars[inputs[0]!] : undefined
  for (let index = 0; index < length; index++) {
    const drafts = index % 97 === 96 ? 2 : 0
    for (let draft = drafts; draft >= 0; draft--) {
      fill(bar, bars, index - draft * 11)
      const input = single ? single[index - draft * 11]! : bar
      if (draft === drafts) stream.next(input)
      else stream.replace(input)
    }
    for (const output of outputs) {
      if (!Object.is(stream.output(output), columns[output]![index]!)) return index
    }
  }
  return -1
}

/** Each size the smallest it takes, but two bars where one is enough, and a fast average faster than the slow one. */
function smallOptions({ params }: IndicatorDefinition): object {
  const sizes = Object.entries(params as Readonly<Record<string, Parameter>>).flatMap(([name, parameter]) =>
    parameter.kind === 'integer' && parameter.convention !== true
      ? [[name, Math.max(name === 'fast' ? 1 : 2, parameter.min)]]
      : [],
  )
  return Object.fromEntries(sizes)
}

function fill(bar: { -readonly [Field in keyof BarInput]: number }, bars: BarColumns, index: number): void {
  bar.high = bars.high[index]!
  bar.low = bars.low[index]!
  bar.close = bars.close[index]!
  bar.volume = bars.volume[index]!
}

describe('over a million bars with runs of holes, gaps, flat stretches and replaced drafts', () => {
  const bars = millionBars()
  it.each(registry.all().map((definition) => [definition.id, definition] as const))(
    '%s gives the same bits in batch as in a stream that reads one reused bar',
    (_, definition) => expect(firstDifference(definition, bars, {})).toBe(-1),
  )

  it.each(registry.all().map((definition) => [definition.id, definition, smallOptions(definition)] as const))(
    '%s does so with the smallest sizes it takes',
    (_, definition, options) => {
      expect(firstDifference(definition, bars, options)).toBe(-1)
    },
  )
})
