import { describe, expect, it } from 'vitest'
import { type Indicator, type InputColumns, registry, Sma } from '../index.js'
import { type ContractDefinition, indicatorContract } from './index.js'

type SmaIndicator = Indicator<number, string>

/** Names of the checks that a definition fails. */
function failures(definition: ContractDefinition, warmup: 'exact' | 'nominal' = 'exact'): string[] {
  const failed: string[] = []
  for (const { name, run } of indicatorContract({ definition, options: { period: 4 }, warmup, runs: 30 })) {
    try {
      run()
    } catch {
      failed.push(name)
    }
  }
  return failed
}

/** The simple moving average with one planted mistake. */
function planted(
  change: (stream: Sma) => Partial<SmaIndicator>,
  rest: Partial<ContractDefinition> = {},
): ContractDefinition {
  return {
    ...registry.sma,
    create: (options?: object) => {
      const stream = new Sma(options)
      const mistakes = change(stream)
      return new Proxy(stream, {
        get: (target, name) => {
          const value = Reflect.get(name in mistakes ? mistakes : target, name, target) as unknown
          return typeof value === 'function' && !(name in mistakes) ? value.bind(target) : value
        },
      }) as unknown as SmaIndicator
    },
    ...rest,
  } as ContractDefinition
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
})
