import { ConfigError, defineInstrument, type Money, money, type Price } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capitalTiers, tierOf } from '../capitalTiers.js'
import { type PositionSize, type PositionSizeOptions, positionSize, type SizeCap } from './positionSize.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 1000)
const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const coarse = defineInstrument({ id: 'X-USD.sim', tick: '0.05', lot: '0.5', minQuantity: 1, minNotional: 10 })
const tiers = capitalTiers()
const price = (value: number) => btc.price(value, 'nearest')
const tierFor = (equity: Money) => tiers.list[tierOf(tiers, equity) - 1]

function sized(
  options: Partial<Omit<PositionSizeOptions, 'account'>> & {
    readonly account?: Partial<PositionSizeOptions['account']>
  } = {},
): PositionSize {
  const { account = {}, ...rest } = options
  const equity = account.equity ?? money('10000')
  const zero = money('0')
  return positionSize({
    instrument: btc,
    side: 'buy',
    entry: price(100),
    stop: price(95),
    tier: tierFor(equity),
    costs: 0,
    ...rest,
    account: { equity, highWaterMark: equity, position: zero, positionRisk: zero, openRisk: zero, ...account },
  })
}

const line = (size: PositionSize): string =>
  size.kind === 'size' ? `${size.quantity} ${size.binding}` : size.reason.code

describe('positionSize', () => {
  it('is the smallest cap, and says which', () => {
    expect(line(sized())).toBe('5 clip')
    expect(line(sized({ limits: { clipSize: 0.5 }, ceilings: 'own' }))).toBe('25 position')
    expect(line(sized({ limits: { clipSize: 0.02 } }))).toBe('2 clip')
    expect(line(sized({ stop: price(50) }))).toBe('4 positionRisk')
    expect(line(sized({ account: { openRisk: money('790') } }))).toBe('2 portfolioRisk')
    expect(line(sized({ account: { highWaterMark: money('11100') } }))).toBe('2 cushion')
    expect(line(sized({ kelly: 0.02 }))).toBe('2 kelly')
    expect(line(sized({ measures: 123.4567 }))).toBe('1.234 measures')
    expect(line(sized({ liquidity: 1.5 }))).toBe('1.5 liquidity')
    expect(sized({ measures: 1e18 })).toMatchObject({ caps: { measures: '1000000000000000' } })
    expect(line(sized({ account: { freeCash: money('300') } }))).toBe('3 cash')
    expect(line(sized({ account: { position: money('2400') } }))).toBe('1 position')
    expect(line(sized({ account: { positionRisk: money('190') } }))).toBe('2 positionRisk')
  })

  it('is none at all of nothing, also where a venue sets no minimum', () => {
    const free = defineInstrument({ id: 'FREE.sim', tick: '0.01', lot: '0.001', minQuantity: 0 })
    expect(line(sized({ instrument: free, account: { position: money('2500') } }))).toBe('BELOW_MIN_QUANTITY')
  })

  it('names a figure that is text as it is', () => {
    expect(() => sized({ entry: '"' as never })).toThrow('Entry "\\"" is not a price above 0.')
  })

  it('tells what each cap would have left', () => {
    const size = sized({ kelly: 0.03, account: { freeCash: money('777') }, costs: 0.01 })
    expect(size).toEqual({
      kind: 'size',
      quantity: 3,
      binding: 'kelly',
      caps: {
        clip: '500',
        position: '2500',
        positionRisk: '3333.333333333333333333',
        portfolioRisk: '13333.333333333333333333',
        cushion: '16666.666666666666666666',
        kelly: '300',
        cash: '769.30693069306930693',
      },
      multiple: 1,
    })
  })

  it('counts everything as lost without a stop', () => {
    expect(line(sized({ stop: 'none' }))).toBe('2 positionRisk')
  })

  it('takes a stop that loses exactly everything, and the first of two equal caps', () => {
    expect(line(sized({ stop: price(0) }))).toBe('2 positionRisk')
    expect(line(sized({ account: { position: money('2000') } }))).toBe('5 clip')
  })

  it('rounds doubles against the size', () => {
    expect(line(sized({ kelly: 0.01999951 }))).toBe('1.999 kelly')
    expect(line(sized({ measures: 99.9999999 }))).toBe('0.999 measures')
  })

  it('takes the product of all multiples, each at most 1', () => {
    expect(line(sized({ multiples: { volatility: 0.5, day: 0.5, model: 7 } }))).toBe('1.25 clip')
    expect(line(sized({ multiples: { volatility: 0 } }))).toBe('BELOW_MIN_QUANTITY')
    expect(line(sized({ multiples: { volatility: Number.NaN } }))).toBe('COLD')
    expect(sized({ multiples: { volatility: 0.5 } })).toMatchObject({ multiple: 0.5 })
  })

  it('skips what has no tier, no edge or no sound stop', () => {
    expect(line(sized({ account: { equity: money('99.99') } }))).toBe('TIER_NONE')
    expect(line(sized({ kelly: 0 }))).toBe('NO_EDGE')
    expect(line(sized({ kelly: -1 }))).toBe('NO_EDGE')
    for (const stop of [100, 101]) expect(line(sized({ stop: price(stop) }))).toBe('STOP_INVALID')
    expect(line(sized({ side: 'sell', stop: price(99) }))).toBe('STOP_INVALID')
    expect(line(sized({ side: 'sell', stop: price(201) }))).toBe('STOP_INVALID')
    expect(line(sized({ side: 'sell', stop: price(105) }))).toBe('5 clip')
    expect(line(sized({ stop: price(0.5), costs: 0.01 }))).toBe('STOP_INVALID')
  })

  it('skips below the minimum of the venue and never rounds up', () => {
    const at = (entry: number, equity: string) =>
      line(
        sized({
          instrument: coarse,
          entry: coarse.price(entry, 'nearest'),
          stop: coarse.price(entry * 0.96, 'nearest'),
          account: { equity: money(equity) },
        }),
      )
    expect(at(10, '200')).toBe('1 clip')
    expect(at(10, '400')).toBe('2 clip')
    expect(at(10.05, '200')).toBe('BELOW_MIN_QUANTITY')
    expect(at(5, '100')).toBe('BELOW_MIN_NOTIONAL')
    expect(at(2, '100')).toBe('BELOW_MIN_NOTIONAL')
  })

  it('never counts a negative room', () => {
    expect(line(sized({ account: { position: money('3000') } }))).toBe('BELOW_MIN_QUANTITY')
    expect(line(sized({ account: { positionRisk: money('201') } }))).toBe('BELOW_MIN_QUANTITY')
    expect(line(sized({ account: { openRisk: money('900') } }))).toBe('BELOW_MIN_QUANTITY')
    expect(line(sized({ account: { freeCash: money('-5') } }))).toBe('BELOW_MIN_QUANTITY')
    expect(line(sized({ measures: -10 }))).toBe('BELOW_MIN_QUANTITY')
  })

  it('takes figures as large as they come, and an account that owes', () => {
    expect(line(sized({ measures: 1e18, liquidity: 1e18, kelly: 5 }))).toBe('5 clip')
    const owing = { equity: money('-500'), highWaterMark: money('-400') }
    expect(line(sized({ account: owing, tier: tierFor(money('500')) }))).toBe('BELOW_MIN_QUANTITY')
  })

  it.each([
    [{ entry: price(0) }, 'Entry "0" is not a price above 0.'],
    [{ entry: Number.NaN as Price }, 'Entry "NaN" is not a price above 0.'],
    [{ entry: 1e308 as Price }, 'Entry "1e+308" is not a price above 0.'],
    [{ entry: 1e13 as Price }, 'Entry "10000000000000" is not a price above 0.'],
    [{ account: { position: money('-1') } }, 'position "-1000000000000000000" is not an exact amount of at least 0.'],
    [{ account: { positionRisk: -1n as Money } }, 'positionRisk "-1" is not an exact amount of at least 0.'],
    [{ account: { openRisk: 5 as unknown as Money } }, 'openRisk "5" is not an exact amount of at least 0.'],
    [{ account: { highWaterMark: '9' as unknown as Money } }, 'highWaterMark "9" is not an exact amount.'],
    [{ kelly: Number.POSITIVE_INFINITY, measures: Number.NaN }, 'measures "NaN" is not a finite number.'],
    [{ liquidity: -1 }, 'liquidity "-1" is not a number of at least 0.'],
    [{ multiples: { day: -0.1 } }, 'day "-0.1" is not a number of at least 0.'],
    [{ costs: 2 }, 'positionSize costs "2" are not a ratio from 0 to 1.'],
    [{ limits: { clipSize: 2 } }, 'clipSize limit "2" is not a number above 0 and at most 1.'],
    [{ limits: { clipSize: 0.06 } }, 'clipSize limit "0.06" is looser than the seed figure 0.05.'],
    [{ limits: { maxDrawdown: 0.2 } }, 'maxDrawdown limit "0.2" is looser than the seed figure 0.1.'],
    [{ kelly: '0.02' }, 'kelly "0.02" is not a number.'],
    [{ entry: '65000' }, 'Entry "65000" is not a price above 0.'],
    [{ stop: '61750' }, 'stop "61750" is not a number.'],
    [{ multiples: { day: '0.5' } }, 'day "0.5" is not a number of at least 0.'],
    [{ account: { freeCash: 100 } }, 'freeCash "100" is not an exact amount.'],
    [{ account: { equity: money('10001'), highWaterMark: money('10000') } }, 'highWaterMark "10000" is below equity'],
    [{ limits: { clip: 0.02 } }, 'positionSize limits has no option "clip".'],
    [{ kely: 0.02 }, 'positionSize has no option "kely".'],
  ])('refuses %o', (options, message) => {
    expect(() => sized(options as Parameters<typeof sized>[0])).toThrow(message)
    expect(() => sized(options as Parameters<typeof sized>[0])).toThrow(ConfigError)
  })
})

const cents = 10n ** 16n
/** Equities at the edges of the tiers, and anything between; each a unit of 1e-18 up or down. */
const equity = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(9_999n, 10_000n, 49_999n, 50_000n, 199_999n, 200_000n, 499_999n, 500_000n),
      fc.bigInt({ min: 0n, max: 2_000_000n }),
    ),
    fc.constantFrom(-1n, 0n, 1n),
  )
  .map(([amount, nudge]) => (amount * cents + nudge > 0n ? amount * cents + nudge : 0n) as Money)
const share = fc.oneof(
  fc.constantFrom(0, 1),
  fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1e6),
)
/** Positions that leave less than a clip in one of the tiers, and any other. */
const part = fc.oneof(
  fc.constant(0),
  fc.constantFrom(60_000, 75_000, 110_000, 125_000, 160_000, 175_000, 210_000, 225_000),
  fc.integer({ min: 0, max: 250_000 }),
)

/** A value now and then, so that each cap has runs in which nothing else is small. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
/** Zero as a rule. */
const mostly0 = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary })

const input = fc.record({
  equity,
  fall: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 85_000, max: 99_500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 105_000 }) },
  ),
  entry: fc.oneof(fc.constantFrom(100, 1_000), fc.integer({ min: 100, max: 50_000 })),
  stopParts: fc.oneof(fc.constantFrom(1, 500), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 5_000 })),
  side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  hasStop: fc.integer({ min: 0, max: 6 }).map((n) => n > 0),
  costs: fc.constantFrom(0, 0.003, 0.01),
  position: fc.oneof(fc.constant(0), part),
  positionRisk: mostly0(fc.integer({ min: 0, max: 20_000 })),
  openRisk: mostly0(fc.oneof(fc.integer({ min: 74_000, max: 79_900 }), fc.integer({ min: 70_000, max: 82_000 }))),
  cash: seldom(fc.integer({ min: 0, max: 60_000 })),
  kelly: seldom(
    fc.oneof(
      share,
      fc.integer({ min: 1, max: 60_000 }).map((n) => n / 1e6),
    ),
  ),
  measures: seldom(fc.integer({ min: 0, max: 300 })),
  liquidity: seldom(fc.integer({ min: 0, max: 3_000 }).map((n) => n / 1000)),
  multiple: fc.oneof(fc.constant(1), fc.constant(1), share),
})
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never

function optionsOf(given: Input): PositionSizeOptions {
  const { equity: own, entry, stopParts, side, hasStop, cash, kelly, measures, liquidity } = given
  const of = (ppm: number): Money => ((own * BigInt(ppm)) / 1_000_000n) as Money
  const way = Math.max(1, (entry * stopParts) / 10_000)
  const stop = price(entry / 100 + (side === 'buy' ? -way / 100 : way / 100))
  return {
    instrument: btc,
    side,
    entry: price(entry / 100),
    stop: hasStop ? stop : 'none',
    tier: tierFor(own),
    costs: given.costs,
    ...(kelly === undefined ? {} : { kelly }),
    ...(measures === undefined ? {} : { measures }),
    ...(liquidity === undefined ? {} : { liquidity }),
    multiples: { volatility: given.multiple },
    account: {
      equity: own,
      highWaterMark: ((own * 1_000_000n) / BigInt(1_000_000 - given.fall)) as Money,
      position: of(given.position),
      positionRisk: of(given.positionRisk),
      openRisk: of(given.openRisk),
      ...(cash === undefined ? {} : { freeCash: of(cash) }),
    },
  }
}

/** What a size would use of each budget, and that budget, in units of 1e-18 times a million. */
function uses(options: PositionSizeOptions, quantity: number): readonly (readonly [SizeCap, bigint, bigint])[] {
  const { instrument, entry, stop, account, tier, costs = 0 } = options
  const lots = instrument.quantity(quantity)
  const value = instrument.notional(entry, lots) * 1_000_000n
  const way = stop === 'none' ? entry : instrument.price(Math.abs(entry - stop), 'nearest')
  const exit = stop === 'none' ? 0n : instrument.notional(instrument.price(Math.max(stop, entry), 'nearest'), lots)
  const loss = instrument.notional(way, lots) * 1_000_000n + exit * BigInt(costs * 1e6)
  const e = account.equity
  return [
    ['clip', value, e * 50_000n],
    ['position', value + account.position * 1_000_000n, e * tier!.position.ppm],
    ['positionRisk', loss + account.positionRisk * 1_000_000n, e * tier!.risk.ppm],
    ['portfolioRisk', loss + account.openRisk * 1_000_000n, e * 80_000n],
    ['cushion', loss + account.openRisk * 1_000_000n, e * 1_000_000n - account.highWaterMark * 900_000n],
    ...(account.freeCash === undefined
      ? []
      : [['cash', value + (value * BigInt(costs * 1e6)) / 1_000_000n, account.freeCash * 1_000_000n] as const]),
    ...(options.kelly === undefined
      ? []
      : [['kelly', value, e * BigInt(Math.floor(Math.min(1, options.kelly) * 1e6))] as const]),
    ...(options.measures === undefined ? [] : [['measures', value, BigInt(options.measures) * 10n ** 24n] as const]),
    ...(options.liquidity === undefined
      ? []
      : [
          [
            'liquidity',
            value,
            instrument.notional(entry, instrument.quantity(options.liquidity)) * 1_000_000n,
          ] as const,
        ]),
  ]
}

describe('a size', () => {
  it('exceeds no cap, is as large as the caps allow, and is a whole number of lots', () => {
    const bound = new Map<string, number>()
    fc.assert(
      fc.property(input, (given) => {
        const options = optionsOf(given)
        const size = positionSize(options)
        const key = size.kind === 'size' ? size.binding : size.reason.code
        bound.set(key, (bound.get(key) ?? 0) + 1)
        if (size.kind === 'skip') return
        expect(btc.quantity(size.quantity)).toBe(size.quantity)
        for (const [cap, used, budget] of uses(options, size.quantity)) expect(used <= budget, cap).toBe(true)
        if (given.multiple < 1) {
          const full = positionSize({ ...options, multiples: {} })
          // The multiple comes before the lot grid.
          const most = ((full.kind === 'size' ? full.quantity : 0) + 0.001) * given.multiple
          expect(size.quantity).toBeLessThanOrEqual(most + 1e-9)
          return
        }
        const more = uses(options, size.quantity + 0.001)
        expect(more.some(([, used, budget]) => used > budget)).toBe(true)
        expect(more.find(([cap]) => cap === size.binding)!).toSatisfy(
          ([, used, budget]: readonly [string, bigint, bigint]) => used > budget,
        )
      }),
      { numRuns: numRuns * 4 },
    )
    for (const cap of [
      'clip',
      'position',
      'positionRisk',
      'portfolioRisk',
      'cushion',
      'cash',
      'kelly',
      'measures',
      'liquidity',
    ]) {
      expect(bound.get(cap) ?? 0, cap).toBeGreaterThan((numRuns * 4) / 100)
    }
    for (const code of ['TIER_NONE', 'BELOW_MIN_QUANTITY', 'NO_EDGE'])
      expect(bound.get(code) ?? 0, code).toBeGreaterThan(0)
  })

  it('never falls as equity rises, across all tiers', () => {
    const quantity = (own: Money, given: Input): number => {
      const zero = money('0')
      const options = optionsOf(given)
      const size = positionSize({
        ...options,
        tier: tierFor(own),
        account: {
          ...options.account,
          equity: own,
          highWaterMark: own,
          position: zero,
          positionRisk: zero,
          openRisk: zero,
        },
      })
      return size.kind === 'size' ? size.quantity : 0
    }
    let rises = 0
    fc.assert(
      fc.property(input, equity, equity, (given, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        const [less, more] = [quantity(low, given), quantity(high, given)]
        expect(less).toBeLessThanOrEqual(more)
        if (less < more) rises++
      }),
      { numRuns },
    )
    expect(rises).toBeGreaterThan(numRuns / 10)
  })

  it('falls with the way to the stop, the risk taken already, and the drawdown', () => {
    const falls = { stop: 0, position: 0, positionRisk: 0, openRisk: 0, fall: 0, multiple: 0 }
    const quantity = (given: Input): number => {
      const size = positionSize(optionsOf(given))
      return size.kind === 'size' ? size.quantity : 0
    }
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 50_000 }), (given, more) => {
        const before = quantity({ ...given, multiple: 1 })
        const changes: Readonly<Record<keyof typeof falls, Input>> = {
          stop: { ...given, stopParts: Math.min(5_000, given.stopParts + (more >> 3)) },
          position: { ...given, position: given.position + more },
          positionRisk: { ...given, positionRisk: given.positionRisk + more },
          openRisk: { ...given, openRisk: given.openRisk + more },
          fall: { ...given, fall: given.fall + more },
          multiple: { ...given, multiple: given.multiple * 0.5 },
        }
        for (const [name, changed] of Object.entries(changes)) {
          const after = quantity(name === 'multiple' ? changed : { ...changed, multiple: 1 })
          expect(after).toBeLessThanOrEqual(before)
          if (after < before) falls[name as keyof typeof falls]++
        }
      }),
      { numRuns },
    )
    for (const [name, count] of Object.entries(falls)) expect(count, name).toBeGreaterThan(numRuns / 100)
  })
})
