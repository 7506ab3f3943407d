import fc from 'fast-check'
import type { BarColumns, BarInput } from '../indicator.js'

/** Numbers from 0 to a largest one: enough to build a bar. */
interface Draw {
  readonly step: number
  readonly up: number
  readonly down: number
  readonly close: number
  readonly volume: number
  readonly hole: 'none' | keyof BarInput
  readonly hollow: number
}

const fields = ['high', 'low', 'close', 'volume'] as const

/** What may stand where a number is missing. */
const hollow = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

/**
 * Random bars on a grid of eighths around 1000, so that scaling by powers of two is exact; with runs of equal bars, zero
 * volumes and, with `holes: 'some'`, fields that are not finite.
 */
export function barSeries(options: {
  readonly lengthMax: number
  readonly holes: 'none' | 'some'
}): fc.Arbitrary<readonly BarInput[]> {
  const still = { weight: 1, arbitrary: fc.constant(0) }
  const draw: fc.Arbitrary<Draw> = fc.record({
    step: fc.oneof(still, { weight: 3, arbitrary: fc.integer({ min: -40, max: 40 }) }),
    up: fc.oneof(still, { weight: 1, arbitrary: fc.integer({ min: 0, max: 16 }) }),
    down: fc.oneof(still, { weight: 1, arbitrary: fc.integer({ min: 0, max: 16 }) }),
    close: fc.integer({ min: 0, max: 4 }),
    volume: fc.oneof(still, { weight: 3, arbitrary: fc.integer({ min: 0, max: 1000 }) }),
    hole:
      options.holes === 'none'
        ? fc.constant('none' as const)
        : fc.oneof(
            { weight: 30, arbitrary: fc.constant('none' as const) },
            { weight: 1, arbitrary: fc.constantFrom(...fields) },
          ),
    hollow: fc.constantFrom(...hollow),
  })
  return fc.array(draw, { maxLength: options.lengthMax, size: 'max' }).map(barsOfDraws)
}

function barsOfDraws(draws: readonly Draw[]): readonly BarInput[] {
  let level = 8000
  return draws.map(({ step, up, down, close, volume, hole, hollow }) => {
    level = Math.max(800, level + step)
    const high = level + up
    const low = level - down
    const bar = { high: high / 8, low: low / 8, close: (low * 4 + (high - low) * close) / 32, volume }
    return hole === 'none' ? bar : { ...bar, [hole]: hollow }
  })
}

/** Bars as columns. */
export function columnsOf(bars: readonly BarInput[]): BarColumns {
  const column = (field: keyof BarInput): Float64Array => Float64Array.from(bars, (bar) => bar[field])
  return { high: column('high'), low: column('low'), close: column('close'), volume: column('volume') }
}
