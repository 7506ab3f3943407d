import { defineInstrument, money, target } from '@astertrade/core'
import { riskViewOf } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capitalTiers, tierOf } from '../capitalTiers.js'
import { riskPolicy } from '../policy.js'
import { createSession, markets } from '../session.rig.js'
import { positionSize } from './positionSize.js'
import { type PositionSizerOptions, positionSizer } from './positionSizer.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
const coin = defineInstrument({ id: 'BTC-USDT.binance', tick: '0.01', lot: '0.00001' })
const coins = (options: Partial<Parameters<typeof riskViewOf>[0]> = {}) =>
  riskViewOf({ instruments: [coin], marks: { [coin.id]: 65_000 }, ...options })

describe('positionSizer', () => {
  const size = (options: PositionSizerOptions = {}, view = coins(), exposure = 1) =>
    positionSizer(options).size(coin, exposure, 10_000, 65_000, view)

  it('is the composed size where nothing is held', () => {
    expect(size()).toBe(0.00769)
    expect(size({}, coins(), -1)).toBe(-0.00769)
    expect(size({}, coins(), 0.01)).toBeCloseTo(100 / 65_000, 15)
    expect(size({ stop: 'none' })).toBe(0.00307)
    expect(size({ stop: 'none' }, coins(), -1)).toBe(-0.00307)
  })

  it('grows by one size at a time, and shrinks at once', () => {
    const held = coins({ positions: { [coin.id]: 0.00769 }, stops: { [coin.id]: 61_750 } })
    expect(size({}, held)).toBeCloseTo(0.01538, 12)
    expect(size({}, held, 0.01)).toBeCloseTo(100 / 65_000, 15)
    expect(size({}, held, 0)).toBe(0)
    expect(size({}, held, -1)).toBe(-0.00769)
    const full = coins({ positions: { [coin.id]: 0.03846 }, stops: { [coin.id]: 64_000 } })
    expect(size({}, full)).toBe(0.03846)
    const short = coins({ positions: { [coin.id]: -0.00769 }, stops: { [coin.id]: 68_250 } })
    expect(size({}, short, -1)).toBeCloseTo(-0.01538, 12)
  })

  it.each([
    ['kelly', { kelly: () => 0.01 }, 0.00153],
    ['no edge', { kelly: () => 0 }, 0],
    ['measures', { measures: () => 65 }, 0.001],
    ['liquidity', { liquidity: () => 0.00042 }, 0.00042],
    ['multiples', { multiples: () => ({ volatility: 0.5 }) }, 0.00384],
    ['a cold multiple', { multiples: () => ({ volatility: Number.NaN }) }, 0],
    ['costs', { stop: 0.2, costs: 0.3, ceilings: 'own' }, 0.00615],
    ['limits', { limits: { clipSize: 0.01 } }, 0.00153],
    ['own tiers', { tiers: [{ from: '100', risk: 0.001, position: 0.1 }] }, 0.0029],
    ['a stop of its own', { stop: () => 0.5 }, 0.00611],
    ['a stop that is not known', { stop: () => Number.NaN }, 0],
  ] satisfies readonly (readonly [string, PositionSizerOptions, number])[])(
    'is held down by %s',
    (_, options, units) => {
      expect(size(options)).toBeCloseTo(units, 12)
    },
  )

  it('leaves the position as it is without a tier, a price, or a known loss', () => {
    expect(size({}, coins({ equity: '99' }))).toBe(0)
    expect(positionSizer().size(coin, 1, 10_000, -65_000, coins())).toBe(0)
    expect(size({}, { ...coins(), freeCash: Number.NaN })).toBe(0)
    const dark = coins({ positions: { [coin.id]: 0.001 }, marks: {} })
    expect(size({}, dark)).toBe(0.001)
  })

  it('sizes a short position by what it costs to buy back', () => {
    expect(size({ stop: 0.5 })).toBe(0.00611)
    expect(size({ stop: 0.5 }, coins(), -1)).toBe(-0.00609)
  })

  it('sizes at any price above 0', () => {
    const cheap = defineInstrument({ id: 'CHEAP.sim', tick: '0.01', lot: '1' })
    const view = riskViewOf({ instruments: [cheap], marks: { [cheap.id]: 0.5 } })
    expect(positionSizer().size(cheap, 1, 10_000, 0.5, view)).toBe(1000)
    expect(positionSizer().size(cheap, 1, 10_000, 0, view)).toBe(0)
  })

  it('counts the risk of other positions for the portfolio alone', () => {
    const other = defineInstrument({ id: 'ETH-USDT.binance', tick: '0.01', lot: '0.001' })
    const instruments = [coin, other]
    const marks = { [coin.id]: 65_000, [other.id]: 100 }
    const view = riskViewOf({ instruments, marks, positions: { [other.id]: 10 }, stops: { [other.id]: 85 } })
    expect(positionSizer({ stop: 0.5 }).size(coin, 1, 10_000, 65_000, view)).toBe(0.00611)
    expect(positionSizer({ stop: 0.5, limits: { portfolioRisk: 0.02 } }).size(coin, 1, 10_000, 65_000, view)).toBe(
      0.00142,
    )
  })

  it('rounds what is known as a double against the size', () => {
    expect(size({}, coins({ cash: '99.74835' }))).toBe(0.00153)
    expect(size({}, coins({ cash: '99.7483499' }))).toBe(0.00152)
    // A lot with its stop 3,250 away loses 0.0345475: one more would fit if that were rounded down.
    const held = { positions: { [coin.id]: 0.00001 }, stops: { [coin.id]: 61_750 } }
    expect(size({ stop: 0.5 }, coins({ ...held, equity: '9990.049875' }))).toBeCloseTo(0.00611, 12)
    expect(size({ stop: 0.5 }, coins({ ...held, equity: '9990.05' }))).toBeCloseTo(0.00612, 12)
    const limits = { portfolioRisk: 0.01 }
    expect(size({ stop: 0.5, limits }, coins({ ...held, equity: '19980.09975' }))).toBeCloseTo(0.00611, 12)
    expect(size({ stop: 0.5, limits }, coins({ ...held, equity: '19980.1' }))).toBeCloseTo(0.00612, 12)
  })

  it('is held down by free cash on a spot account alone', () => {
    const poor = coins({ cash: '100' })
    expect(size({}, poor)).toBe(0.00153)
    expect(size({ account: 'margin' }, poor)).toBe(0.00769)
  })

  it('counts equity above the mark of the last close as that mark', () => {
    expect(size({}, coins({ equity: '10000', highWaterMark: '9000' }))).toBe(0.00769)
    // The cushion: 9,100 less nine tenths of 10,000, over the way to the stop.
    expect(size({}, coins({ equity: '9100', highWaterMark: '10000' }))).toBe(0.007)
    expect(size({ stop: 0.5 }, coins({ equity: '9100', highWaterMark: '10000' }))).toBe(0.00305)
  })

  it('names its stop and refuses options that are none', () => {
    const names = [{}, { stop: 'none' }, { stop: 0.1 }, { stop: () => 1 }] as const
    expect(names.map((options) => positionSizer(options).name)).toEqual([
      'positionSize(stop 0.05)',
      'positionSize(no stop)',
      'positionSize(stop 0.1)',
      'positionSize(own stop)',
    ])
    expect(() => positionSizer({ stop: -0.1 })).toThrow('stop "-0.1" is not a number above 0')
    expect(() => positionSizer({ kelli: () => 1 } as never)).toThrow('Did you mean "kelly"?')
    expect(() => positionSizer({ account: 'cash' as 'spot' })).toThrow('account "cash" is not one of spot, margin.')
    expect(() => positionSizer({ costs: -1 })).toThrow('costs "-1"')
    expect(() => size({ stop: () => 2 })).toThrow('stop "2" is not a number above 0')
  })

  it('never wants more than positionSize gives on top of what is held, nor more than its exposure', () => {
    const anyCase = fc.record({
      equity: fc.integer({ min: 0, max: 20_000 }),
      fall: fc.integer({ min: 0, max: 1000 }),
      lots: fc.integer({ min: -4000, max: 4000 }),
      stop: fc.integer({ min: 1, max: 1000 }),
      exposure: fc.integer({ min: -100, max: 100 }),
    })
    const seen = { grown: 0, shrunk: 0, turned: 0 }
    fc.assert(
      fc.property(anyCase, ({ equity, fall, lots, stop, exposure: percent }) => {
        const [held, distance, exposure] = [lots / 1e5, stop / 1000, percent / 100]
        const at = 65_000 * (1 - Math.sign(held) * 0.04)
        const view = coins({
          equity: String(equity),
          highWaterMark: String(equity + fall),
          positions: { [coin.id]: held },
          stops: { [coin.id]: at },
        })
        const units = positionSizer({ stop: distance }).size(coin, exposure, equity, 65_000, view)
        const wanted = (exposure * equity) / 65_000
        expect(Math.abs(units)).toBeLessThanOrEqual(Math.max(Math.abs(wanted), wanted * held > 0 ? Math.abs(held) : 0))
        expect(units * wanted).toBeGreaterThanOrEqual(0)
        const kept = wanted * held > 0 ? Math.min(Math.abs(held), Math.abs(wanted)) : 0
        const grown = Math.abs(units) - kept
        expect(grown).toBeGreaterThan(-1e-12)
        expect(grown * 65_000).toBeLessThanOrEqual(equity * 0.05 + 1e-9)
        if (wanted * held < 0) seen.turned++
        seen[grown > 0 ? 'grown' : 'shrunk']++
      }),
      { numRuns },
    )
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(numRuns / 20)
  })

  it('agrees with the tier that positionSize is given', () => {
    const tiers = capitalTiers()
    const view = coins({ equity: '600' })
    const sized = positionSize({
      instrument: coin,
      side: 'buy',
      entry: coin.price(65_000, 'nearest'),
      stop: coin.price(61_750, 'nearest'),
      tier: tiers.list[tierOf(tiers, money('600')) - 1],
      account: {
        equity: money('600'),
        highWaterMark: money('600'),
        position: money('0'),
        positionRisk: money('0'),
        openRisk: money('0'),
        freeCash: money('600'),
      },
    })
    expect(sized.kind === 'size' && sized.quantity).toBe(size({}, view))
  })

  it('sizes targets of an engine, clip by clip up to the cap of the tier', () => {
    const [first] = markets
    const session = createSession(() => riskPolicy({ acknowledge: 'nextDay' }), '10000', positionSizer())
    const held: number[] = []
    for (let n = 0; n < 8; n++) {
      session.bar(0, 100, target(first!.id, 1))
      for (const followed of [...session.open])
        if (!followed.order.reduceOnly) session.fill(followed, followed.remaining, 100)
      held.push(session.held.get(`script ${first!.id}`) ?? 0)
    }
    expect(held.slice(0, 4)).toEqual([5, 9.999, 14.998, 19.997])
    expect(Math.max(...held)).toBeLessThanOrEqual(25)
  })
})
