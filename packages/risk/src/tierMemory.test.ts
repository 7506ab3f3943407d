import { type Money, money } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capitalTiers, tierOf, tiersLabel } from './capitalTiers.js'
import { account } from './limits/account.rig.js'
import { heldTier, nearTier, nextTier, startTier, type TierState, tierMemory } from './tierMemory.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const tiers = capitalTiers()
const hour = 3_600_000
const day = 24 * hour

/** Steps closes of equity and hours; answers the tiers held. */
function held(start: string, closes: readonly (readonly [equity: string, hours: number])[]): readonly number[] {
  let state = startTier(tiers, money(start))
  return closes.map(([equity, hours]) => {
    state = nextTier(tiers, state, { equity: money(equity), time: hours * hour })
    return state.tier
  })
}

describe('capital tiers', () => {
  it('begin at exactly their bounds', () => {
    const edges = ['0', '99.99', '100', '499.99', '500', '1999.99', '2000', '4999.99', '5000', '1000000']
    expect(edges.map((equity) => tierOf(tiers, money(equity)))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
    expect(() => tierOf(tiers, '500' as unknown as Money)).toThrow('equity "500" of a tier is not an exact amount.')
    for (const [bound, tier] of [
      ['100', 1],
      ['500', 2],
      ['2000', 3],
      ['5000', 4],
    ] as const) {
      expect(tierOf(tiers, (money(bound) - 1n) as Money)).toBe(tier - 1)
      expect(tierOf(tiers, money(bound))).toBe(tier)
    }
    expect([tiersLabel(tiers, 'risk'), tiersLabel(tiers, 'position')]).toEqual(['0.5/1/1.5/2%', '10/15/20/25%'])
  })

  it('are refused where they fall or do not rise', () => {
    const tier = (from: string, risk: number, position: number) => ({ from, risk, position })
    expect(() => capitalTiers([tier('100', 0.005, 0.1), tier('100', 0.005, 0.1)])).toThrow(
      'Tier 2 starts at 100, not above',
    )
    expect(() => capitalTiers([tier('100', 0.005, 0.1), tier('200', 0.004, 0.1)])).toThrow('Tier 2 allows less')
    expect(() => capitalTiers([tier('100', 0.005, 0.1), tier('200', 0.005, 0.05)])).toThrow('Tier 2 allows less')
    const flat = [tier('100', 0.005, 0.1), tier('200', 0.005, 0.1), tier('300', 0.005, 0.1)]
    expect(capitalTiers(flat).list).toHaveLength(3)
    expect(() => capitalTiers(flat, 'loose' as 'own')).toThrow('ceilings "loose" is not one of seed, own.')
    expect(() => capitalTiers([tier('0', 0.005, 0.1)])).toThrow('A tier starts at 0, not above 0.')
    expect(capitalTiers([tier('0.000000000000000001', 0.005, 0.1)], 'own').list[0]!.from).toBe(1n)
    expect(() => capitalTiers([])).toThrow('There is no capital tier.')
    expect(() => capitalTiers([tier('100', 0.005, '0.1' as unknown as number)])).toThrow(
      'position of a tier "0.1" is not',
    )
    expect(() => capitalTiers([tier('ten', 0.005, 0.1)])).toThrow('Not an amount of money: "ten".')
    expect(capitalTiers([tier('600', 0.01, 0.15)]).isSeed).toBe(true)
    expect(() => capitalTiers([tier('400', 0.01, 0.15)])).toThrow('is looser than the seed tiers')
  })
})

describe('the tier held', () => {
  it('falls at once, by as many tiers as equity does', () => {
    expect(
      held('6000', [
        ['4999.99', 1],
        ['150', 2],
        ['50', 3],
      ]),
    ).toEqual([3, 1, 0])
  })

  it('rises after 24 hours above 1.02 times the bound, and not a moment before', () => {
    expect(
      held('400', [
        ['511', 0],
        ['511', 23.9],
        ['511', 24],
      ]),
    ).toEqual([1, 1, 2])
    expect(
      held('400', [
        ['510', 0],
        ['510', 48],
      ]),
    ).toEqual([1, 1])
    expect(
      held('400', [
        ['510.000000000000000001', 0],
        ['510.000000000000000001', 24],
      ]),
    ).toEqual([1, 2])
  })

  it('starts the wait anew after one dip', () => {
    expect(
      held('400', [
        ['600', 0],
        ['510', 20],
        ['600', 21],
        ['600', 44],
        ['600', 45],
      ]),
    ).toEqual([1, 1, 1, 1, 2])
  })

  it('climbs several tiers at once where each bound has had its day', () => {
    expect(
      held('400', [
        ['9000', 0],
        ['9000', 24],
      ]),
    ).toEqual([1, 4])
    expect(
      held('400', [
        ['600', 0],
        ['9000', 12],
        ['9000', 24],
        ['9000', 36],
      ]),
    ).toEqual([1, 1, 2, 4])
  })

  it('keeps its tier between the bound and 2 % above it', () => {
    expect(
      held('505', [
        ['505', 0],
        ['500', 100],
        ['509', 200],
      ]),
    ).toEqual([2, 2, 2])
  })

  it('comes back as the same object where nothing changed', () => {
    const state = startTier(tiers, money('3000'))
    expect(nextTier(tiers, state, { equity: money('3100'), time: 5 })).toBe(state)
    const waiting = nextTier(tiers, state, { equity: money('6000'), time: 5 })
    expect(nextTier(tiers, waiting, { equity: money('6000'), time: 6 })).toBe(waiting)
  })

  it('is below neither that of the state nor that of the equity, in doubles as in money', () => {
    const memory = tierMemory(tiers)
    const view = (equity: string, tier?: number) =>
      account({ equity, ...(tier === undefined ? {} : { memories: { [memory.name]: { tier, above: [] } } }) })
    expect(heldTier(tiers, memory, view('6000'))).toBe(tiers.list[3])
    expect(heldTier(tiers, memory, view('6000', 2))).toBe(tiers.list[1])
    expect(heldTier(tiers, memory, view('150', 2))).toBe(tiers.list[0])
    expect(heldTier(tiers, memory, view('6000', 0))).toBeUndefined()
    for (const [equity, tier] of [
      ['6000', undefined],
      ['6000', 2],
      ['150', 2],
      ['6000', 0],
    ] as const) {
      expect(nearTier(tiers, memory, view(equity, tier), Number(equity))).toBe(
        heldTier(tiers, memory, view(equity, tier)),
      )
    }
    // So near to a bound that doubles do not know.
    expect(nearTier(tiers, memory, view('5000'), 5000)).toBeUndefined()
    expect(nearTier(tiers, memory, view('5000'), Number.NaN)).toBeUndefined()
  })

  it('does not chatter: it rises at most once a day, and only as high as equity has been for a day', () => {
    const closes = fc.array(
      fc.tuple(
        fc.oneof(
          fc.integer({ min: 0, max: 8_000 }),
          fc.constantFrom(100, 102, 500, 510, 511, 2000, 2040, 5000, 5100, 5101),
        ),
        fc.integer({ min: 1, max: 30 }),
      ),
      { minLength: 1, maxLength: 60 },
    )
    const seen = { up: 0, down: 0, wait: 0 }
    fc.assert(
      fc.property(closes, (steps) => {
        let state: TierState = startTier(tiers, money('1000'))
        let time = 0
        let roseAt = Number.NEGATIVE_INFINITY
        const history: { time: number; equity: number }[] = []
        for (const [equity, hours] of steps) {
          time += hours * hour
          history.push({ time, equity })
          const next = nextTier(tiers, state, { equity: money(String(equity)), time })
          expect(next.tier).toBeLessThanOrEqual(tierOf(tiers, money(String(equity))))
          if (next.tier > state.tier) {
            seen.up++
            const window = history.filter((close) => close.time >= time - day)
            expect(Math.min(...window.map((close) => close.equity))).toBeGreaterThan(
              Number(tiers.list[next.tier - 1]!.fromNear) * 1.02,
            )
            expect(history[0]!.time).toBeLessThanOrEqual(time - day)
            expect(time).toBeGreaterThan(roseAt)
            roseAt = time
          } else seen[next.tier < state.tier ? 'down' : 'wait']++
          state = next
        }
      }),
      { numRuns },
    )
    expect(seen.up).toBeGreaterThan(numRuns / 100)
    expect(seen.down).toBeGreaterThan(numRuns / 100)
  })

  it('is asked again below its bound, above the next by 2 %, and when a wait is over', () => {
    const memory = tierMemory(tiers)
    const near = (value: number) => expect.closeTo(value, 4)
    const never = [undefined, undefined, undefined, undefined]
    expect(memory.alarm({ tier: 0, above: never })).toEqual({
      below: Number.NEGATIVE_INFINITY,
      above: near(102),
      at: Number.POSITIVE_INFINITY,
    })
    expect(memory.alarm({ tier: 2, above: never })).toEqual({
      below: near(500),
      above: near(2040),
      at: Number.POSITIVE_INFINITY,
    })
    expect(memory.alarm({ tier: 2, above: [undefined, undefined, 7 * hour, undefined] })).toEqual({
      below: near(2040),
      above: near(5100),
      at: 31 * hour,
    })
    const { below, above } = memory.alarm({ tier: 2, above: never })
    expect([below > 500, above < 2040]).toEqual([true, true])
    expect(memory.alarm({ tier: 2, above: [undefined, undefined, 7 * hour, undefined] }).below).toBeGreaterThan(2040)
  })

  it('rings its alarm at every close at which it would change', () => {
    const memory = tierMemory(tiers)
    const closes = fc.array(fc.tuple(fc.integer({ min: 0, max: 8_000 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 60,
    })
    const seen = { quiet: 0, rung: 0 }
    fc.assert(
      fc.property(closes, (steps) => {
        let state: TierState = startTier(tiers, money('1000'))
        let time = 0
        for (const [equity, hours] of steps) {
          time += hours * hour
          const { below, above, at } = memory.alarm(state)
          const isQuiet = equity > below && equity < above && time < at
          const next = nextTier(tiers, state, { equity: money(String(equity)), time })
          if (isQuiet) expect(next).toBe(state)
          seen[isQuiet ? 'quiet' : 'rung']++
          state = next
        }
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 4)
  })
})
