import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossRule } from './forecastLoss.js'
import { pendingRounds } from './pendingRounds.js'

const rule = lossRule({ kind: 'brier' })

/** Bars with a gap in time before each, a price, and for each of two experts a horizon, or 0 for one that sleeps. */
const series = fc.array(
  fc.record({
    step: fc.integer({ min: 1, max: 4 }),
    price: fc.integer({ min: 1, max: 3 }),
    horizons: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
  }),
  { minLength: 1, maxLength: 50 },
)

interface Done {
  readonly time: number
  readonly losses: readonly number[]
}

type Bars = readonly { step: number; price: number; horizons: readonly number[] }[]

function run(bars: Bars, capacity = 256): Done[] {
  const rounds = pendingRounds({ experts: 2, capacity, rule })
  const done: Done[] = []
  let time = 0
  const take = (losses: Float64Array): void => {
    done.push({ time, losses: [...losses] })
  }
  for (const { step, price, horizons } of bars) {
    time += step
    rounds.settle(time, price, take)
    if (horizons.every((horizon) => horizon === 0)) continue
    rounds.open(price, take)
    for (const [expert, horizon] of horizons.entries())
      if (horizon > 0) rounds.add(expert, { view: 0.75, claim: 0.5, due: time + horizon })
  }
  return done
}

/** The same by looking forward from each bar. */
function expected(bars: Bars): Done[] {
  let clock = 0
  const times = bars.map(({ step }) => {
    clock += step
    return clock
  })
  const done = bars.flatMap(({ horizons, price }, at) => {
    if (horizons.every((horizon) => horizon === 0)) return []
    const judged = horizons.map((horizon) => times.findIndex((time) => horizon > 0 && time >= times[at]! + horizon))
    if (judged.some((index, expert) => index === -1 && horizons[expert]! > 0)) return []
    const losses = judged.map((index) => (index === -1 ? Number.NaN : rule.lossOf(0.75, price, bars[index]!.price)))
    return [{ time: Math.max(...judged.map((index) => times[index] ?? 0)), at, losses }]
  })
  return done.sort((a, b) => a.time - b.time || a.at - b.at).map(({ time, losses }) => ({ time, losses }))
}

describe('pendingRounds', () => {
  it('judges each forecast at the first price at or after its horizon, and hands over whole rounds in order', () => {
    fc.assert(
      fc.property(series, (bars) => {
        expect(run(bars)).toEqual(expected(bars))
      }),
    )
  })

  it('continues from a snapshot', () => {
    fc.assert(
      fc.property(series, (bars) => {
        const [first, second] = [0, 1].map(() => pendingRounds({ experts: 2, capacity: 8, rule }))
        const taken: number[][] = [[], []]
        let time = 0
        for (const { step, price, horizons } of bars) {
          time += step
          second!.restore(first!.snapshot())
          for (const [index, rounds] of [first!, second!].entries()) {
            const take = (losses: Float64Array): void => void taken[index]!.push(...losses)
            rounds.settle(time, price, take)
            rounds.open(price, take)
            for (const [expert, horizon] of horizons.entries())
              if (horizon > 0) rounds.add(expert, { view: 0.6, claim: 0.2, due: time + horizon })
          }
        }
        expect(taken[1]).toEqual(taken[0])
      }),
    )
  })

  it('closes the oldest round when too many wait; what is still open in it counts as asleep', () => {
    const bars = [1, 2, 1, 2].map((price, index) => ({ step: 1, price, horizons: index === 0 ? [1, 100] : [100, 100] }))
    expect(run(bars, 2)).toEqual([
      { time: 3, losses: [0.0625, Number.NaN] },
      { time: 4, losses: [Number.NaN, Number.NaN] },
    ])
  })
})

describe('lossRule', () => {
  it('judges probabilities by their squared distance, and an unchanged price as one half', () => {
    const view = rule.viewOf({ kind: 'forecast', direction: -0.3, confidence: 0.5, horizon: 1, reason: 'x' }, 1)
    expect(view).toBe(0.25)
    expect([1, -1, 0].map((move) => rule.lossOf(view, 100, 100 + move))).toEqual([0.5625, 0.0625, 0.0625])
    expect(rule.silent).toBe(rule.lossOf(0.5, 1, 2))
  })

  it('judges returns after costs between 0 and 1', () => {
    const returns = lossRule({ kind: 'return', cost: 0.01, scale: 0.1 })
    const view = returns.viewOf({ kind: 'forecast', direction: 0.5, confidence: 0.9, horizon: 1, reason: 'x' }, 1)
    expect(returns.lossOf(view, 100, 110)).toBeCloseTo(0.5 - (0.5 * 0.1 - 0.005) / 0.2, 12)
    expect(returns.lossOf(view, 100, 1_000)).toBe(0)
    expect(returns.lossOf(view, 100, 1)).toBe(1)
    expect(returns.lossOf(0, 100, 50)).toBe(returns.silent)
  })

  it.each([
    [-0.1, 0.1],
    [0.1, 0],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('refuses a cost of %d with a scale of %d', (cost, scale) => {
    const run = () => lossRule({ kind: 'return', cost, scale })
    expect(run).toThrow(`A return loss with cost "${cost}" and scale "${scale}" is out of range.`)
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})
