import { describe, expect, it } from 'vitest'
import { type Indicator, type InputColumns, registry, Sma } from '../index.js'
import { type ContractDefinition, indicatorContract } from './index.js'

type SmaIndicator = Indicator<number, string>

/** Names of the checks that a definition fails. */
function failures(
  definition: ContractDefinition,
  warmup: 'exact' | 'nominal' = 'exact',
  options: object = { period: 4 },
): string[] {
  const failed: string[] = []
  for (const { name, run } of indicatorContract({ definition, options, warmup, runs: 30 })) {
    try {
      run()
    } catch {
      failed.push(name)
    }
  }
  return failed
}

/** A definition whose streams have one planted mistake. */
function changed(
  definition: ContractDefinition,
  change: (stream: ReturnType<ContractDefinition['create']>) => Partial<Indicator<never, string>>,
): ContractDefinition {
  return {
    ...definition,
    create: (options?: object) => {
      const stream = definition.create(options)
      const mistakes = change(stream)
      return new Proxy(stream, {
        get: (target, name) => {
          const value = Reflect.get(name in mistakes ? mistakes : target, name, target) as unknown
          return typeof value === 'function' && !(name in mistakes) ? value.bind(target) : value
        },
      })
    },
  }
}

/** The simple moving average with one planted mistake. */
function planted(
  change: (stream: Sma) => Partial<SmaIndicator>,
  rest: Partial<ContractDefinition> = {},
): ContractDefinition {
  const sma = { ...registry.sma, ...rest } as ContractDefinition
  return 'create' in rest ? sma : changed(sma, (stream) => change(stream as unknown as Sma))
}

/** The simple moving average with another value. */
function valued(value: (stream: Sma) => number): ContractDefinition {
  return planted((stream) => ({
    next: (input) => {
      stream.next(input)
      return value(stream)
    },
    output: () => value(stream),
    get value() {
      return value(stream)
    },
  }))
}

const batchOf = (change: (column: Float64Array, bars: InputColumns) => void): Partial<ContractDefinition> => ({
  batch: (bars, options, out) => {
    const result = registry.sma.batch(bars, options, out as { sma: Float64Array } | undefined)
    change(result.sma, bars)
    return result
  },
})

describe('indicatorContract', () => {
  it('finds nothing wrong with a right indicator', () => {
    expect(failures(registry.sma as ContractDefinition)).toEqual([])
  })

  it('finds a replace that does not undo', () => {
    const definition = planted((stream) => ({ replace: (input) => stream.next(input) }))
    expect(failures(definition)).toContain('treats a replaced bar as never seen')
  })

  it('finds a peek that moves on', () => {
    const definition = planted((stream) => ({ peek: (input) => stream.next(input) }))
    expect(failures(definition)).toContain('peeks at what next returns without touching the state')
  })

  it('finds a clone that is the original', () => {
    const definition = planted((stream) => ({ clone: () => stream as never }))
    expect(failures(definition)).toContain('goes on from a clone or a snapshot as if nothing had happened')
  })

  it('finds a reset that does nothing', () => {
    const definition = planted(() => ({ reset: () => undefined }))
    expect(failures(definition)).toContain('is new again after reset')
  })

  it('finds a wrong warm-up', () => {
    const definition = planted((stream) => ({ warmup: stream.warmup + 1 }))
    expect(failures(definition)).toContain('has its first values exactly after warmup inputs')
  })

  it('takes a nominal warm-up for no promise, but finds a readiness that is not true', () => {
    expect(failures(registry.sma as ContractDefinition, 'nominal')).toEqual([])
    expect(
      failures(
        planted((stream) => ({ warmup: stream.warmup - 1 })),
        'nominal',
      ),
    ).toEqual([])
    expect(
      failures(
        planted(() => ({ isReady: true })),
        'nominal',
      ),
    ).toContain('has its first values when it says that it is ready')
  })

  it('finds a batch that differs in the last bit', () => {
    const definition = planted(
      () => ({}),
      batchOf((column) => column.set(column.map((value) => value * (1 + 2 ** -52)))),
    )
    expect(failures(definition)).toContain('computes the same bits in batch as in a stream')
  })

  it('finds a look into the future', () => {
    const definition = planted(
      () => ({}),
      batchOf((column, { close }) => column.fill(close.at(-1) ?? 0)),
    )
    expect(failures(definition)).toContain('never changes past outputs when bars are appended')
  })

  it('finds a hidden epsilon', () => {
    const definition = planted(
      () => ({}),
      batchOf((column) => column.set(column.map((value) => value + 1e-9))),
    )
    expect(failures(definition)).toContain('scales with prices exactly as its units say')
  })

  it('finds an output array that is not used', () => {
    const definition = planted(() => ({}), { batch: (bars, options) => registry.sma.batch(bars, options) })
    expect(failures(definition)).toContain('writes to given outputs, even over its inputs')
  })

  it('finds options that are not checked', () => {
    const definition = planted(() => ({}), { create: () => new Sma({ period: 4 }) as unknown as SmaIndicator })
    expect(failures(definition)).toContain('refuses unknown options and values out of range')
  })

  it('finds an infinite output', () => {
    const definition = planted((stream) => ({
      next: (input) => stream.next(input),
      output: () => (Number.isNaN(stream.value) ? Number.POSITIVE_INFINITY : stream.value),
    }))
    expect(failures(definition)).toContain('gives finite values or NaN, whatever it is fed')
  })

  it('finds a law that had nothing to compare', () => {
    const nothing = (): number => Number.NaN
    const definition = planted(
      () => ({ next: nothing, peek: nothing, output: nothing, value: Number.NaN }),
      batchOf((column) => column.fill(Number.NaN)),
    )
    expect(failures(definition)).toContain('computes the same bits in batch as in a stream')
  })

  it('finds bounds that are not declared, or not kept', () => {
    expect(failures(planted(() => ({}), { units: 'bounded' }))).toContain('declares the bounds of what is bounded')
    const narrow = planted(() => ({}), { bounds: { sma: { min: 0, max: 500 } } })
    expect(failures(narrow)).toContain('has finite values within its bounds on every finite bar once it is ready')
  })

  it('finds a value that is missing on a finite bar', () => {
    const definition = planted((stream) => ({ output: () => (stream.samples % 7 === 0 ? Number.NaN : stream.value) }))
    expect(failures(definition)).toContain('has finite values within its bounds on every finite bar once it is ready')
  })

  it('finds bands out of their order', () => {
    const upsideDown = { ...registry.bollingerBands, outputs: ['lower', 'middle', 'upper'] } as ContractDefinition
    const swapped = changed(upsideDown, (stream) => ({
      output: (name) => stream.output(name === 'lower' ? 'upper' : name),
    }))
    expect(failures(upsideDown)).not.toContain('rests on a flat series, and again after a jump')
    expect(failures(swapped)).toContain('has finite values within its bounds on every finite bar once it is ready')
  })

  it('finds what does not rest on a flat series', () => {
    const drifting = valued((stream) => stream.value + stream.samples)
    const besides = valued((stream) => stream.value * 1.01)
    for (const definition of [drifting, besides]) {
      expect(failures(definition)).toContain('rests on a flat series, and again after a jump')
    }
  })

  it('finds what is added to tiny prices', () => {
    expect(failures(valued((stream) => stream.value + 1e-9))).toContain('means the same at prices of 1e-8 and of 1e9')
  })

  it('finds an answer to moved prices that is not the declared one', () => {
    const definition = planted(() => ({}), { priceShift: { sma: 'stays' } })
    expect(failures(definition)).toContain('answers to an amount added to all prices as it declares')
  })

  it('finds what has no value without volume, and an exception that is none', () => {
    const options = { buckets: 1, barsPerBucket: 1, sigma: 2 }
    const silent = { ...registry.vpin, exceptions: undefined } as unknown as ContractDefinition
    const failed = failures(silent, 'nominal', options)
    expect(failed).toContain('has values where no volume was traded')
    expect(failed).toContain(
      'recovers from an input that is not finite within warmup inputs, as if that had never come',
    )
    const modest = { ...registry.vwap, exceptions: { zeroVolume: 'none', hole: 'none' } } as ContractDefinition
    expect(failures(modest)).toEqual([
      'recovers from an input that is not finite within warmup inputs, but not as if that had never come: none',
      'has no value without volume: none',
    ])
  })

  it('finds outputs that are not checked, and columns of another length', () => {
    const lenient = planted(() => ({}), {
      batch: (bars, options, out) => registry.sma.batch(bars, options, (out ?? undefined) as { sma: Float64Array }),
    })
    expect(failures(lenient)).toContain('refuses outputs that are no columns of the same length')
    const fixed = planted(() => ({}), { batch: () => ({ sma: new Float64Array(3) }) })
    expect(failures(fixed)).toContain('has no value, and no error, for a series that is empty or too short')
  })

  it('finds a missing field that is taken for 0', () => {
    const definition = planted((stream) => ({ next: (input) => stream.next(input ?? 0) }))
    expect(failures(definition)).toContain('takes a field that is missing for one that is not finite')
  })
})
