import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marketScenarios, simulatedFrom } from './marketSamples.rig.js'
import { measurePortfolio } from './measurePortfolio.js'
import { portfolioMonteCarlo } from './monteCarloRisk.js'
import { type BookTail, type ScenarioBook, type ScenarioBookOptions, scenarioBook } from './scenarioBook.js'
import { ready } from './tailSamples.rig.js'
import type { Unavailable } from './unavailable.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 60) }
const scenarios = marketScenarios(3, 600)
const simulated = simulatedFrom(scenarios)
const instruments = ['I0', 'I1', 'I2'] as const
const levels = [950, 990] as const

const open = (options: Partial<ScenarioBookOptions> = {}): ScenarioBook =>
  ready(scenarioBook({ scenarios, simulated, ...options }))

/** Values at risk and shortfalls, copied, since the book lends them. */
const read = (tail: BookTail | Unavailable): number[][] => {
  return ready(tail).levels.map(({ valueAtRisk, expectedShortfall }) => [valueAtRisk, expectedShortfall])
}

/** What the book should say, computed from nothing. */
function fromScratch(
  held: Record<string, number>,
  more: Record<string, number>,
  from = { scenarios, simulated },
): number[][] {
  const after = Object.fromEntries(instruments.map((name) => [name, (held[name] ?? 0) + (more[name] ?? 0)]))
  const isHeld = Object.values(held).some((value) => value !== 0)
  return levels.map((confidencePerMille) => {
    const past = (exposures: Record<string, number>): [number, number] => {
      const { estimates } = measurePortfolio({ ...from, exposures, confidencePerMille })
      const [a, b] = [ready(estimates.historical!), estimates.filteredHistorical!]
      const student = ready(estimates.studentT!)
      const c =
        b.kind === 'estimate'
          ? b
          : { valueAtRisk: 1.2 * student.valueAtRisk, expectedShortfall: 1.2 * student.expectedShortfall }
      return [Math.max(a.valueAtRisk, c.valueAtRisk), Math.max(a.expectedShortfall, c.expectedShortfall)]
    }
    const drawn = (exposures: Record<string, number>): [number, number] => {
      const { valueAtRisk, expectedShortfall } = ready(
        portfolioMonteCarlo(from.simulated, exposures, { confidencePerMille }),
      )
      return [valueAtRisk, expectedShortfall]
    }
    const known = isHeld ? held : more
    const [under, over, figures] = [past(known), drawn(known), past(after)]
    return figures.map((figure, i) => figure * (under[i]! > 0 ? Math.max(1, over[i]! / under[i]!) : 1))
  })
}

const value = fc.integer({ min: -1_000, max: 1_000 })
const holdings = fc.tuple(value, value, value).map(([I0, I1, I2]) => ({ I0, I1, I2 }))

function expectNear(got: number[][], expected: number[][]): void {
  for (const [level, figures] of expected.entries()) {
    for (const [i, figure] of figures.entries())
      expect(Math.abs(got[level]![i]! - figure)).toBeLessThan(1e-9 * (1 + Math.abs(figure)))
  }
}

describe('the scenario book', () => {
  it('says of one more order what a computation from nothing says, whether Monte Carlo exceeds history or not', () => {
    // The last days quiet, so that filtered history is below plain history, or as they were.
    const quiet = { ...scenarios, values: scenarios.values.map((entry, i) => (i % 600 < 560 ? entry : entry / 4)) }
    const sources = [0.7, 1, 1.4].flatMap((factor) => {
      const drawn = { ...simulated, values: simulated.values.map((entry) => entry * factor) }
      return [quiet, scenarios].map((past) => {
        const from = { scenarios: past, simulated: drawn }
        return { from, book: open(from) }
      })
    })
    const seen = { total: 0, raised: 0, filtered: 0 }
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        holdings,
        fc.constantFrom(...instruments),
        value.filter((more) => more !== 0),
        ({ book, from }, held, instrument, more) => {
          const after = { ...held, [instrument]: held[instrument] + more }
          fc.pre(Object.values(after).some((sum) => sum !== 0))
          book.hold(held)
          const got = read(book.tail(instrument, more))
          expectNear(got, fromScratch(held, { [instrument]: more }, from))
          const { estimates } = measurePortfolio({ ...from, exposures: after })
          const past = [estimates.historical!, estimates.filteredHistorical!].map((part) => ready(part).valueAtRisk)
          seen.total++
          if (got[0]![0]! > 1.001 * Math.max(...past)) seen.raised++
          if (past[1]! > past[0]!) seen.filtered++
        },
      ),
      runs,
    )
    for (const count of [seen.raised, seen.filtered]) {
      expect(count / seen.total).toBeGreaterThan(0.01)
      expect(count / seen.total).toBeLessThan(0.99)
    }
  })

  it('of a first position uses the Monte Carlo factor of that position', () => {
    const wild = { ...simulated, values: simulated.values.map((entry) => entry * (entry < 0 ? 1.5 : 3)) }
    const book = open({ simulated: wild })
    for (const [instrument, more] of [
      ['I0', 100],
      ['I1', -50],
      ['I0', 400],
      ['I0', -400],
      ['I0', 0.5],
    ] as const) {
      const expected = fromScratch({}, { [instrument]: more }, { scenarios, simulated: wild })
      expectNear(read(book.tail(instrument, more)), expected)
    }
  })

  it('is not changed by questions, and gives the same answer twice', () => {
    const book = open()
    book.hold({ I0: 300, I1: 100 })
    const before = read(book.tail())
    const asked = read(book.tail('I2', 500))
    expect(read(book.tail())).toEqual(before)
    expect(read(book.tail('I2', 500))).toEqual(asked)
    book.hold({ I0: 300, I1: 100 })
    expect(read(book.tail())).toEqual(before)
  })

  it('has a risk of 0 without positions, and after the last one is sold', () => {
    const book = open()
    expect(read(book.tail())).toEqual([
      [0, 0],
      [0, 0],
    ])
    book.hold({ I1: 250 })
    expect(read(book.tail('I1', -250))).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(read(book.tail('I1', -249))[0]![0]).toBeGreaterThan(0)
  })

  it('replaces a history that is too short as measurePortfolio does', () => {
    for (const days of [130, 280, 400]) {
      const short = { scenarios: marketScenarios(3, days), simulated: simulatedFrom(marketScenarios(3, days)) }
      const book = open(short)
      book.hold({ I0: 300, I1: 100 })
      expectNear(read(book.tail('I2', 50)), fromScratch({ I0: 300, I1: 100 }, { I2: 50 }, short))
    }
  })

  it('raises its figures by the multiplier of a backtest', () => {
    const [plain, raised] = [open(), open({ multiplier: 1.2 })]
    for (const book of [plain, raised]) book.hold({ I0: 300 })
    const expected = read(plain.tail()).map((figures) => figures.map((figure) => 1.2 * figure))
    expectNear(read(raised.tail()), expected)
  })

  it('fits an order by halves, three times at most, then refuses', () => {
    const book = open()
    book.hold({ I0: 100 })
    const limitOf = (share: number): number => read(book.tail('I1', 800 * share))[0]![0]!
    for (const share of [1, 0.5, 0.25, 0.125]) {
      const limit = limitOf(share)
      expect(book.fit('I1', 800, ({ levels: [level] }) => level!.valueAtRisk <= limit)).toBe(share)
      const under = limit * (1 - 1e-12)
      const asked: number[] = []
      const next = book.fit(
        'I1',
        800,
        ({ levels: [level] }) => asked.push(level!.valueAtRisk) > 0 && level!.valueAtRisk <= under,
      )
      expect(next).toBe(share === 0.125 ? 0 : share / 2)
      expect(asked.length).toBeLessThanOrEqual(4)
    }
  })

  it('is unavailable for a question it cannot answer', () => {
    const book = open()
    book.hold({ I0: 100 })
    const before = read(book.tail())
    expect(book.tail('SOL', 1)).toMatchObject({ kind: 'unavailable', code: 'NO_HISTORY', needed: 'returns of SOL' })
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(book.tail('I0', bad)).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
      expect(book.fit('I0', bad, () => true)).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
    }
    expect(book.tail('I0', 1e308)).toMatchObject({ code: 'NOT_FINITE', needed: 'figures within the range of doubles' })
    expect(read(book.tail())).toEqual(before)
  })

  it('is unavailable while its positions cannot be valued, and recovers', () => {
    const book = open()
    expect(book.hold({ I0: 100 })).toBeUndefined()
    expect(book.hold({ I0: Number.NaN })).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
    expect(book.tail('I1', 1)).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
    expect(book.fit('I1', 1, () => true)).toMatchObject({ kind: 'unavailable' })
    expect(book.hold({ SOL: 5 })).toMatchObject({ kind: 'unavailable', code: 'NO_HISTORY' })
    expect(book.hold({ I0: 100 })).toBeUndefined()
    expect(book.tail().kind).toBe('tail')
  })

  it('is unavailable for positions that never moved and for a history below 120 days', () => {
    const still = { ...scenarios, values: scenarios.values.map((entry, i) => (i < 600 ? 0 : entry)) }
    const book = open({ scenarios: still })
    expect(book.tail('I0', 100)).toMatchObject({ kind: 'unavailable', code: 'CONSTANT' })
    expect(book.tail('I1', 100).kind).toBe('tail')
    const short = marketScenarios(3, 119)
    expect(scenarioBook({ scenarios: short, simulated })).toMatchObject({ kind: 'unavailable', code: 'TOO_SHORT' })
  })

  it('knows how old its data are', () => {
    expect(open().asOf).toBe(599 * 86_400_000)
    expect(open().instruments).toEqual(instruments)
  })

  it('refuses misuse', () => {
    const refuse = (options: object, code: string): void => {
      expect(() => scenarioBook({ scenarios, simulated, ...options })).toThrow(expect.objectContaining({ code }))
    }
    refuse({ seed: 1 }, 'UNKNOWN_OPTION')
    refuse({ confidencesPerMille: [] }, 'BAD_CONFIDENCE')
    refuse({ confidencesPerMille: [990, 950] }, 'BAD_CONFIDENCE')
    refuse({ confidencesPerMille: [950, 950] }, 'BAD_CONFIDENCE')
    refuse({ confidencesPerMille: [95.5] }, 'BAD_CONFIDENCE')
    for (const multiplier of [0.99, Number.NaN, Number.POSITIVE_INFINITY]) refuse({ multiplier }, 'BAD_MULTIPLIER')
    refuse({ simulated: simulatedFrom(marketScenarios(2, 200)) }, 'MISMATCH')
    refuse({ lambda: 0 }, 'BAD_LAMBDA')
    expect(() => open({ multiplier: 0.5 })).toThrow('multiplier "0.5" is not a finite number of at least 1.')
    expect(() => open({ confidencesPerMille: [990, 950] })).toThrow('confidencesPerMille [990, 950] do not rise.')
  })
})
