import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BarColumns, type BarInput, FeatureSet, type IndicatorDefinition, registry } from './index.js'
import { barSeries, columnsOf } from './testing/barSeries.js'
import { inputOf, sameBits } from './testing/contractSubject.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 30)
const all = registry.all()
const modes = ['primary', 'all'] as const
const hole: BarInput = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN }

/** Long enough for every indicator to have a value. */
const longSeries = barSeries({ lengthMax: 400, holes: 'some' })
const set = (columns: 'primary' | 'all', definitions = all): FeatureSet => new FeatureSet(definitions, { columns })
const outputsOf = ({ outputs, primary }: IndicatorDefinition, columns: 'primary' | 'all'): readonly string[] =>
  columns === 'all' ? outputs : [primary]

/** One row per bar from indicators that know nothing of each other. */
function separateRows(bars: readonly BarInput[], columns: 'primary' | 'all', definitions = all): number[][] {
  const streams = definitions.map((definition) => ({ definition, stream: definition.create() }))
  return bars.map((bar) =>
    streams.flatMap(({ definition, stream }) => {
      stream.next(inputOf(definition, bar))
      return outputsOf(definition, columns).map((output) => stream.output(output))
    }),
  )
}

/** A walk of `length` bars with gaps, flat stretches and, now and then, a bar without volume or without a price. */
function walk(length: number): BarInput[] {
  let state = 7
  let level = 100
  return Array.from({ length }, (_, index) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    if (index % 500 < 470) level *= 1 + (state / 2 ** 32 - 0.5) * (index % 700 === 0 ? 0.2 : 0.01)
    const close = index % 1009 === 1008 ? Number.NaN : level
    return {
      high: level + (state % 5) / 4,
      low: level - (state % 3) / 4,
      close,
      volume: index % 97 < 2 ? 0 : state % 900,
    }
  })
}

describe('FeatureSet', () => {
  it.each(modes)('gives the bits of the separate indicators over a long walk, with %s columns', (columns) => {
    const bars = walk(20_000)
    const features = set(columns)
    const rows = bars.map((bar) => Float64Array.from(features.next(bar)))
    for (const [index, expected] of separateRows(bars, columns).entries())
      sameBits(rows[index]!, expected, `bar ${index}`)
    for (const [column, values] of features.batch(columnsOf(bars)).entries()) {
      sameBits(
        values,
        rows.map((row) => row[column]!),
        `column ${features.names[column]}`,
      )
    }
  })

  it.each(modes)('gives the bits of the separate indicators on any bars, with %s columns', (columns) => {
    fc.assert(
      fc.property(longSeries, (bars) => {
        const features = set(columns)
        for (const [index, expected] of separateRows(bars, columns).entries()) {
          sameBits(features.next(bars[index]!), expected, `bar ${index}`)
        }
      }),
      { numRuns },
    )
  })

  it('gives the same bits for any choice and order of indicators', () => {
    const choice = fc.shuffledSubarray([...all], { minLength: 1 })
    fc.assert(
      fc.property(choice, longSeries, fc.constantFrom(...modes), (definitions, bars, columns) => {
        const features = set(columns, definitions)
        for (const [index, expected] of separateRows(bars, columns, definitions).entries()) {
          sameBits(features.next(bars[index]!), expected, `bar ${index}`)
        }
      }),
      { numRuns },
    )
  })

  it('treats replaced bars as never seen', () => {
    fc.assert(
      fc.property(longSeries, fc.constantFrom(...modes), (bars, columns) => {
        const features = set(columns)
        const expected = set(columns)
        for (const [index, bar] of bars.entries()) {
          for (const draft of [bars[(index * 7) % bars.length]!, hole, bars.at(-1 - index)!].slice(0, index % 4)) {
            if (features.samples === index) features.next(draft)
            else features.replace(draft)
          }
          if (features.samples === index) features.next(bar)
          else features.replace(bar)
          sameBits(features.value, expected.next(bar), `bar ${index}`)
          expect(features.samples).toBe(index + 1)
        }
      }),
      { numRuns },
    )
  })

  it('takes the first bar by replace as by next', () => {
    const [bar] = walk(1)
    sameBits(set('all').replace(bar!), set('all').next(bar!), 'first bar')
  })

  it('goes on from a clone or a snapshot as if nothing had happened, and is new again after reset', () => {
    fc.assert(
      fc.property(longSeries, fc.nat(), fc.constantFrom(...modes), (bars, seed, columns) => {
        const rows = separateRows(bars, columns)
        const cut = bars.length === 0 ? 0 : seed % bars.length
        const original = set(columns)
        for (const bar of bars.slice(0, cut)) original.next(bar)
        const restored = set(columns)
        restored.restore(original.snapshot())
        for (const copy of [original.clone(), restored, original]) {
          expect(copy.samples).toBe(cut)
          if (cut > 0) sameBits(copy.value, rows[cut - 1]!, 'row of the copy')
          if (cut > 0) sameBits(copy.replace(bars[cut - 1]!), rows[cut - 1]!, 'replaced row of the copy')
          for (let index = cut; index < bars.length; index++)
            sameBits(copy.next(bars[index]!), rows[index]!, `bar ${index}`)
        }
        original.reset()
        sameBits(original.snapshot(), set(columns).snapshot(), 'snapshot after reset')
      }),
      { numRuns },
    )
  })

  it('names its columns in the order of the indicators and hashes the names', () => {
    const features = set('all', [registry.sma, registry.macd])
    expect(features.names).toEqual(['sma(20)', 'macd(12,26,9).macd', 'macd(12,26,9).signal', 'macd(12,26,9).histogram'])
    expect(set('primary', [registry.sma, registry.macd]).names).toEqual(['sma(20)', 'macd(12,26,9).macd'])
    expect(features.schema).toMatchInlineSnapshot(`"15d3fc378a9bc03b2eb5ea66cb3c3dc4059fe0cb60a1063a396417f74762e652"`)
    expect(set('all', [registry.macd, registry.sma]).schema).not.toBe(features.schema)
    expect(set('primary').names).toHaveLength(all.length)
    expect(set('all').names).toHaveLength(all.flatMap(({ outputs }) => outputs).length)
  })

  it('is ready with the last of its columns', () => {
    const features = set('all')
    expect(features.warmup).toBe(Math.max(...all.map(({ warmup }) => warmup())))
    expect(features.stableAfter).toBe(Math.max(...all.map(({ stableAfter }) => stableAfter())))
    expect([features.isReady, features.samples, features.value.every(Number.isNaN)]).toEqual([false, 0, true])
    for (const bar of walk(400)) features.next(bar)
    expect(features.isReady).toBe(true)
    features.next(hole)
    expect(features.isReady).toBe(false)
    expect(features.samples).toBe(401)
  })

  it('reuses its row', () => {
    const features = set('primary')
    const [first, second] = walk(2)
    expect(features.next(first!)).toBe(features.next(second!))
  })

  it('batches an empty series into empty columns and keeps its own state', () => {
    const features = set('all')
    features.next(walk(1)[0]!)
    const before = features.snapshot()
    expect(features.batch(columnsOf([])).map(({ length }) => length)).toEqual(features.names.map(() => 0))
    sameBits(features.snapshot(), before, 'snapshot after batch')
  })
})

describe('FeatureSet refuses', () => {
  const refusal = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`
    }
    return 'nothing was thrown'
  }

  it('sets without an indicator, with one twice, or of other columns', () => {
    expect(refusal(() => new FeatureSet([]))).toMatchInlineSnapshot(`
      "NO_FEATURES: A feature set of no indicators.
        Write new FeatureSet(registry.all()), or name some: new FeatureSet([registry.rsi, registry.atr])."
    `)
    expect(refusal(() => new FeatureSet([registry.rsi, registry.rsi]))).toMatchInlineSnapshot(`
      "DUPLICATE_FEATURE: Column "rsi(14)" is in the feature set twice.
        Give each indicator once."
    `)
    expect(refusal(() => new FeatureSet(all, { columns: 'some' as never }))).toMatchInlineSnapshot(`
      "BAD_PARAMETER: Option "columns" of FeatureSet is "some".
        It takes one of 'primary', 'all'; the default is "primary"."
    `)
  })

  it('options it does not know, null for options, and what is no definition', () => {
    expect(refusal(() => new FeatureSet(all, { cols: 'all' } as never))).toMatch(
      'UNKNOWN_OPTION: Option "cols" of FeatureSet is unknown.',
    )
    expect(refusal(() => new FeatureSet(all, null as never))).toMatch('BAD_OPTIONS: Options of FeatureSet are "null"')
    expect(refusal(() => new FeatureSet(all, { columns: null as never }))).toMatch('BAD_PARAMETER: Option "columns"')
    expect(refusal(() => new FeatureSet([registry.rsi, 'atr' as never]))).toMatchInlineSnapshot(`
      "BAD_FEATURE: Item 1 of the feature set is "atr", not a definition.
        Give it entries of the registry, such as registry.rsi."
    `)
    expect(refusal(() => new FeatureSet([null as never]))).toMatch('BAD_FEATURE: Item 0 of the feature set is "null"')
  })

  it('series whose columns are missing or differ in length', () => {
    const columns = columnsOf(walk(3))
    const { volume: _, ...rest } = columns
    expect(refusal(() => set('primary').batch(rest as BarColumns))).toMatchInlineSnapshot(`
      "BAD_COLUMN: Column "volume" of FeatureSet is undefined, not a Float64Array.
        Inputs are Float64Arrays or arrays of numbers, outputs Float64Arrays."
    `)
    expect(refusal(() => set('primary').batch({ ...columns, low: new Float64Array(2) }))).toMatchInlineSnapshot(`
      "COLUMN_LENGTH: Column "low" of FeatureSet has "2" values, "high" has "3".
        All columns of one call, outputs included, have the same length."
    `)
  })

  it('snapshots of another set and keeps its state', () => {
    const features = set('primary', [registry.rsi, registry.obv])
    for (const bar of walk(30)) features.next(bar)
    const before = features.snapshot()
    const other = set('primary', [registry.obv, registry.rsi]).snapshot()
    expect(refusal(() => features.restore(other))).toMatchInlineSnapshot(`
      "BAD_SNAPSHOT: Cannot restore features(2,77bf4768): the snapshot has another layout, kind, options or length.
        Give it a snapshot() of features(2,77bf4768), made by this version of the package."
    `)
    expect(refusal(() => features.restore(before.slice(1)))).toMatchInlineSnapshot(`
      "BAD_SNAPSHOT: Cannot restore features(2,77bf4768): the snapshot has another layout, kind, options or length.
        Give it a snapshot() of features(2,77bf4768), made by this version of the package."
    `)
    expect(refusal(() => features.restore(before.slice(0, -1)))).toMatchInlineSnapshot(`
      "BAD_SNAPSHOT: Cannot restore features(2,77bf4768): the snapshot has another layout, kind, options or length.
        Give it a snapshot() of features(2,77bf4768), made by this version of the package."
    `)
    expect(refusal(() => features.restore([...before] as never))).toMatchInlineSnapshot(`
      "BAD_SNAPSHOT: Cannot restore features(2,77bf4768): the snapshot has another layout, kind, options or length.
        Give it a snapshot() of features(2,77bf4768), made by this version of the package."
    `)
    sameBits(features.snapshot(), before, 'snapshot after refusals')
  })
})
