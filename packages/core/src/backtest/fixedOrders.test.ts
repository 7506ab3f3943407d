import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approve, type RiskRule } from '../risk.js'
import { makerTaker } from './fees.js'
import { drawer, instruments, playRandom, type RandomCase, randomMarket, restless } from './randomRun.rig.js'
import { tickSlippage } from './slippage.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
const cases: fc.Arbitrary<RandomCase> = fc.record({
  seed: fc.integer(),
  bars: fc.integer({ min: 2, max: 60 }),
  series: fc.integer({ min: 1, max: 3 }),
})
/** Money is never the reason for anything. */
const rich = { cash: '1000000000', leverage: 100 } as const

describe('a fixed list of orders', () => {
  const play = (given: RandomCase, cost: number) => {
    const fees = makerTaker({ maker: cost / 10_000, taker: (2 * cost) / 10_000 })
    const slippage = tickSlippage({ ticks: Math.max(0, cost) })
    return playRandom(given, { ...rich, fees, slippage, strategy: restless(given.seed, 'fixed') }).report
  }

  it('never ends with more equity where trading costs more', () => {
    let dearer = 0
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (given, less, more) => {
        const cheap = play(given, less)
        const dear = play(given, less + more)
        expect(dear.fills.map(({ orderId, quantity }) => [orderId, quantity])).toEqual(
          cheap.fills.map(({ orderId, quantity }) => [orderId, quantity]),
        )
        expect(dear.statistics.equityFinal).toBeLessThanOrEqual(cheap.statistics.equityFinal)
        if (dear.statistics.equityFinal < cheap.statistics.equityFinal) dearer++
      }),
      { numRuns },
    )
    expect(dearer).toBeGreaterThan(numRuns / 4)
  })

  it('would end with more where fees were a gift', () => {
    const richer = Array.from({ length: 20 }, (_, seed) => ({ seed, bars: 40, series: 1 })).filter(
      (given) => play(given, -5).statistics.equityFinal > play(given, 0).statistics.equityFinal,
    )
    expect(richer.length).toBeGreaterThan(10)
  })
})

describe('the order of the series', () => {
  it('changes nothing where money is no reason', () => {
    let fills = 0
    fc.assert(
      fc.property(cases, (given) => {
        const market = randomMarket(given.seed, given.bars, given.series)
        const grids = instruments.slice(0, given.series)
        const turned = playRandom(given, {
          ...rich,
          strategy: restless(given.seed, 'fixed'),
          data: [...market].reverse(),
          instruments: [...grids].reverse(),
        }).report
        const straight = playRandom(given, { ...rich, strategy: restless(given.seed, 'fixed') }).report
        for (const { id } of grids) {
          const own = (report: typeof straight) =>
            report.fills
              .filter(({ instrument }) => instrument === id)
              .map(({ time, side, quantity, price, fee, liquidity }) => [time, side, quantity, price, fee, liquidity])
          expect(own(turned)).toEqual(own(straight))
        }
        expect(turned.ledger).toEqual(straight.ledger)
        fills += straight.fills.length
      }),
      { numRuns },
    )
    expect(fills).toBeGreaterThan(numRuns)
  })
})

describe('rules that shrink and refuse at will', () => {
  it('never lead to a larger order than was asked for', () => {
    const counts = { placed: 0, shrunk: 0, refused: 0 }
    fc.assert(
      fc.property(cases, (given) => {
        const asked = new Map<number, number>()
        const first: RiskRule = {
          name: 'first',
          check({ id, quantity }) {
            asked.set(id, Math.max(quantity, asked.get(id) ?? 0))
            return approve
          },
        }
        const { entries, report } = playRandom(given, { rules: [first, moody(given.seed)] })
        for (const entry of entries) {
          if (entry.kind !== 'command' || entry.command.kind === 'cancel') continue
          const { id, quantity } = entry.command.order
          expect(quantity).toBeLessThanOrEqual(asked.get(id)!)
          expect(quantity).toBeGreaterThan(0)
          counts.placed++
        }
        for (const { code, shrunk, refused } of report.refusals) {
          if (code !== 'MOOD') continue
          counts.shrunk += shrunk
          counts.refused += refused
        }
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(counts)) expect(count, kind).toBeGreaterThan(numRuns / 4)
  })

  it('are stopped where they enlarge', () => {
    const greedy: RiskRule = {
      name: 'greedy',
      check: ({ quantity }) => ({ kind: 'shrink', quantity: (quantity + 1) as typeof quantity, reason }),
    }
    expect(() => playRandom({ seed: 1, bars: 60, series: 1 }, { rules: [greedy] })).toThrow(
      'Rule "greedy" turned a quantity of',
    )
  })
})

const reason = { code: 'MOOD', rule: 'moody', limit: '0', got: '0', unit: 'base' } as const

/** A rule that approves, shrinks or refuses as a function of the order alone. */
function moody(seed: number): RiskRule {
  return {
    name: 'moody',
    check({ id, quantity }) {
      const draw = drawer(seed, `mood ${id} ${quantity}`)
      const mood = draw.upTo(4)
      if (mood === 0) return { kind: 'refuse', reason }
      if (mood > 1 || quantity < 2) return approve
      return { kind: 'shrink', quantity: (1 + draw.upTo(quantity - 1)) as typeof quantity, reason }
    },
  }
}
