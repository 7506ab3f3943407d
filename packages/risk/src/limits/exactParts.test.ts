import { defineInstrument, formatMoney, money } from '@astertrade/core'
import { orderRequestOf, riskViewOf } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, lineOf, order, reasonOf, sol } from './account.rig.js'
import { checkCount } from './checkCount.js'
import { clipSize } from './clipSize.js'
import { costsOf } from './costsOf.js'
import { freeBalance } from './freeBalance.js'
import { grossExact } from './grossExact.js'
import { grossExposure } from './grossExposure.js'
import { lotsOf } from './lotsOf.js'
import { maxPosition } from './maxPosition.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { fitInto, lotsWithin } from './sizeRoom.js'
import { entryPrice, stopDistance } from './stopDistance.js'
import { nearLoss, stopLoss } from './stopLoss.js'
import { unusable } from './unusable.js'
import { freeLotsOf, worstCase } from './worstCase.js'
import { worstPrice } from './worstPrice.js'

/** An instrument whose grids have steps of five. */
const odd = defineInstrument({ id: 'ODD-USDT.sim', tick: '0.05', lot: '0.05' })
const oddView = (rest: Partial<Parameters<typeof riskViewOf>[0]> = {}) =>
  riskViewOf({ instruments: [odd], ...rest, marks: { [odd.id]: 100, ...rest.marks } })
const oddOrder = (quantity: number, rest: Partial<Parameters<typeof orderRequestOf>[0]> = {}) =>
  orderRequestOf({ ...rest, instrument: odd, quantity })
const exposure = (quantity: number, pendingBuy = 0, pendingSell = 0, pendingExit = 0) => ({
  quantity,
  pendingBuy,
  pendingSell,
  pendingExit,
})

describe('worstCase', () => {
  it.each([
    [exposure(0), 0, 0, 0],
    [exposure(2, 3, 1), 5000, 5000, -1000],
    [exposure(2, 3, 8), 6000, 5000, 6000],
    // The exit of a long position may be all that happens on the short side, that of a short one on the long side.
    [exposure(5, 0, 8, 2), 5000, 5000, 5000],
    [exposure(-5, 8, 0, 2), 5000, 5000, 5000],
    [exposure(-2, 3, 8, 1), 10_000, 2000, 10_000],
    [exposure(0, 1, 2, 7), 2000, 1000, 2000],
  ])('of %o is %d lot points, %d to buy and %d to sell from', (given, worst, long, short) => {
    expect(worstCase(given, btc)).toEqual({ worst, long, short })
  })

  it('is whole though its parts are a hair off, and counts exits of the smallest positions', () => {
    expect(worstCase(exposure(-0.29), eth)).toEqual({ worst: 29, long: -29, short: 29 })
    expect(worstCase(exposure(0.29), eth)).toEqual({ worst: 29, long: 29, short: -29 })
    expect(worstCase(exposure(0.5, 0, 0, 0.2), btc)).toEqual({ worst: 500, long: 500, short: -300 })
    expect(worstCase(exposure(-0.5, 0, 0, 0.2), btc)).toEqual({ worst: 500, long: -300, short: 500 })
  })

  it('leaves lots free up to where the other side stands', () => {
    expect(freeLotsOf('buy', { worst: 6000, long: 5000, short: 6000 }, btc)).toBe(1000)
    expect(freeLotsOf('sell', { worst: 6000, long: 5000, short: 6000 }, btc)).toBe(0)
    expect(freeLotsOf('sell', { worst: 600, long: 600, short: 500 }, odd)).toBe(20)
    expect(freeLotsOf('buy', { worst: 604, long: 500, short: 604 }, odd)).toBe(20)
  })
})

describe('grossExact', () => {
  it('adds the larger side of each instrument at its price', () => {
    const view = account({
      positions: { [btc.id]: 10, [eth.id]: -10 },
      openOrders: [
        order({ number: 2, quantity: 3 }),
        order({ number: 3, side: 'sell', quantity: 25 }),
        order({ number: 4, side: 'sell', quantity: 2, reduceOnly: true }),
        order({ number: 5, instrument: eth, quantity: 25 }),
        order({ number: 6, instrument: eth, quantity: 4, reduceOnly: true }),
        order({ number: 7, instrument: sol, side: 'sell', quantity: 1 }),
      ],
    })
    // 25 - 10 + 2, 25 - 10 + 4 and 1.
    expect(formatMoney(grossExact(view))).toBe('3700')
    expect(formatMoney(grossExact(view, [eth, sol]))).toBe('2000')
  })

  it('takes no exits for entries, and rounds a price off the grid against us', () => {
    const exits = account({
      positions: { [btc.id]: 10 },
      openOrders: [order({ number: 2, side: 'sell', quantity: 4, reduceOnly: true })],
    })
    expect(formatMoney(grossExact(exits))).toBe('1000')
    const short = account({
      positions: { [btc.id]: -10 },
      openOrders: [order({ number: 2, quantity: 4, reduceOnly: true })],
    })
    expect(formatMoney(grossExact(short))).toBe('1000')
    expect(formatMoney(grossExact(account({ positions: { [btc.id]: 10 }, marks: { [btc.id]: 100.001 } })))).toBe(
      '1000.1',
    )
    expect(grossExact(account())).toBe(0n)
  })
})

describe('a room', () => {
  const room = { cap: 1000n, held: 400n, scale: 1_000_000n, perLot: 7n, freeLots: 0 }
  const reason = { code: 'CLIP', rule: 'test', got: '1', unit: 'quote' } as const

  it('holds the whole lots that fit, after those that are free', () => {
    expect(lotsWithin(room)).toBe(85n)
    expect(lotsWithin({ ...room, freeLots: 3 })).toBe(88n)
    expect(lotsWithin({ ...room, scale: 500_000n })).toBe(42n)
    expect(lotsWithin({ ...room, held: 1000n, freeLots: 3 })).toBe(3n)
    expect(lotsWithin({ ...room, held: 1001n })).toBe(0n)
    expect(lotsWithin({ ...room, held: 993n })).toBe(1n)
  })

  it('says whether its factor alone stands in the way', () => {
    const half = {
      ...room,
      cap: money('1000') * 1_000_000n,
      held: 0n,
      scale: 500_000n,
      perLot: money('10') * 1_000_000n,
    }
    const said = (quantity: number, given = half) => {
      const verdict = fitInto(given, order({ quantity }), btc, reason)
      return `${lineOf(verdict)} ${reasonOf(verdict)?.limit ?? ''}`
    }
    expect(said(0.05)).toBe('approve ')
    expect(said(0.051)).toBe('shrink 0.05 DE_RISK 500')
    expect(said(0.1)).toBe('shrink 0.05 DE_RISK 500')
    expect(said(0.101)).toBe('shrink 0.05 CLIP 500')
    expect(said(0.101, { ...half, scale: 0n })).toBe('refuse DE_RISK 0')
    expect(said(0.101, { ...half, scale: 0n, held: half.cap })).toBe('refuse CLIP 1000')
    expect(said(0.101, { ...half, scale: 0n, held: 2n * half.cap })).toBe('refuse CLIP 1000')
    expect(said(0.101, { ...half, scale: 1_000_000n })).toBe('shrink 0.1 CLIP 1000')
    expect(said(0.05, { ...half, cap: money('15') * 1_000_000n })).toBe('refuse DE_RISK 7.5')
    expect(said(0.05, { ...half, cap: money('25') * 1_000_000n })).toBe('shrink 0.001 CLIP 12.5')
  })
})

describe('grids with steps of five', () => {
  it('are shrunk to, whatever the limit', () => {
    const sized = (rule: ReturnType<typeof clipSize>, asked: ReturnType<typeof oddOrder>, view = oddView()) =>
      lineOf(rule.check(asked, view))
    expect(sized(clipSize(), oddOrder(5))).toBe('approve')
    expect(sized(clipSize(), oddOrder(5.05))).toBe('shrink 5 CLIP')
    expect(sized(maxPosition(), oddOrder(30))).toBe('shrink 25 POSITION_CAP')
    expect(sized(maxPosition(), oddOrder(30), oddView({ positions: { [odd.id]: 10.05 } }))).toBe(
      'shrink 14.95 POSITION_CAP',
    )
    expect(sized(maxPosition(), oddOrder(60, { side: 'sell' }), oddView({ positions: { [odd.id]: 10 } }))).toBe(
      'shrink 35 POSITION_CAP',
    )
    expect(sized(positionRisk({ costs: 0 }), oddOrder(50, { protectiveStop: 95 }))).toBe('shrink 40 POSITION_RISK')
    expect(sized(portfolioRisk({ costs: 0 }), oddOrder(200, { protectiveStop: 95 }))).toBe('shrink 160 PORTFOLIO_RISK')
    expect(sized(grossExposure(), oddOrder(120))).toBe('shrink 100 GROSS_EXPOSURE')
    expect(sized(freeBalance({ costs: 0.01 }), oddOrder(120))).toBe('shrink 99 FREE_BALANCE')
    expect(sized(freeBalance({ costs: 0.01 }), oddOrder(120), oddView({ cash: '5.06' }))).toBe(
      'shrink 0.05 FREE_BALANCE',
    )
    expect(sized(freeBalance({ costs: 0.01 }), oddOrder(120), oddView({ cash: '5.04' }))).toBe('refuse FREE_BALANCE')
  })

  it('count whole lots in what a reason tells', () => {
    const got = (rule: ReturnType<typeof clipSize>, asked: ReturnType<typeof oddOrder>, view = oddView()) =>
      reasonOf(rule.check(asked, view))?.got
    expect(got(clipSize(), oddOrder(30))).toBe('3000')
    expect(got(maxPosition(), oddOrder(30))).toBe('3000')
    expect(got(maxPosition(), oddOrder(60, { side: 'sell' }), oddView({ positions: { [odd.id]: 10 } }))).toBe('5000')
    expect(got(positionRisk({ costs: 0 }), oddOrder(50, { protectiveStop: 95 }))).toBe('250')
    expect(got(portfolioRisk({ costs: 0 }), oddOrder(200, { protectiveStop: 95 }))).toBe('1000')
    expect(got(grossExposure(), oddOrder(120))).toBe('12000')
    const crowded = oddView({ positions: { [odd.id]: 120 }, openOrders: [oddOrder(1, { number: 7, side: 'sell' })] })
    expect(got(grossExposure(), oddOrder(1), crowded)).toBe('12100')
    expect(lineOf(grossExposure().check(oddOrder(1, { side: 'sell' }), crowded))).toBe('approve')
  })

  it('have prices off the grid rounded against the order', () => {
    const off = { marks: { [odd.id]: 99.96 }, positions: { [odd.id]: 10 } }
    // 100 a unit for what is held and for the order: 15 more are 2500.
    expect(lineOf(maxPosition().check(oddOrder(30), oddView(off)))).toBe('shrink 15 POSITION_CAP')
    expect(lineOf(grossExposure().check(oddOrder(120), oddView(off)))).toBe('shrink 90 GROSS_EXPOSURE')
    // Down to 94.95, and the entry up to 100.
    expect(
      lineOf(positionRisk({ costs: 0 }).check(oddOrder(50, { protectiveStop: 94.95 }), oddView({ marks: off.marks }))),
    ).toBe('shrink 39.6 POSITION_RISK')
  })
})

describe('prices that an order is judged by', () => {
  const view = account()

  it('are the worst that it may trade at', () => {
    expect(worstPrice(order({ type: 'limit', limit: 90 }), view)).toBe(90)
    expect(worstPrice(order({ side: 'sell', type: 'limit', limit: 90 }), view)).toBe(100)
    expect(worstPrice(order({ side: 'sell', type: 'limit', limit: 120 }), view)).toBe(120)
    expect(worstPrice(order({ type: 'stop', trigger: 110 }), view)).toBe(110)
    expect(worstPrice(order({ type: 'stop', trigger: 90 }), view)).toBe(100)
  })

  it('are where an entry is expected when its way to the stop is measured', () => {
    expect(entryPrice(order(), view)).toBe(100)
    expect(entryPrice(order({ type: 'limit', limit: 90 }), view)).toBe(90)
    expect(entryPrice(order({ type: 'stop', trigger: 110 }), view)).toBe(110)
    expect(entryPrice(order({ type: 'stopLimit', trigger: 110, limit: 111 }), view)).toBe(111)
    expect([stopDistance('buy', 100, 95), stopDistance('sell', 100, 95), stopDistance('sell', 100, 105)]).toEqual([
      5, -5, 5,
    ])
    expect(stopDistance('buy', 100, 'none')).toBe(100)
  })
})

describe('the loss at a stop', () => {
  const costs = costsOf('test', 0.01)
  const loss = (rest: Parameters<typeof order>[0], view = account()) => {
    const asked = order({ quantity: 1, ...rest })
    const exact = stopLoss('test', asked, view, costs)
    return [
      exact.kind === 'loss' ? Number(exact.perLot / 10n ** 15n) / 1e6 : exact.reason.got,
      nearLoss(asked, view, costs),
    ]
  }

  it('is the way and the costs of getting out, for a short position those at its stop', () => {
    expect(loss({ protectiveStop: 95 })).toEqual([6, 6])
    expect(loss({ side: 'sell', protectiveStop: 105 })).toEqual([6.05, 6.05])
    expect(loss({ protectiveStop: 'none' })).toEqual([100, 100])
    expect(loss({}, account({ positions: { [btc.id]: 1 }, stops: { [btc.id]: 90 } }))).toEqual([11, 11])
  })

  it('is none where the stop is on the wrong side, at the entry, or too far away', () => {
    expect(loss({ protectiveStop: 100 })).toEqual(['100', Number.NaN])
    expect(loss({ protectiveStop: 101 })).toEqual(['101', Number.NaN])
    expect(loss({ protectiveStop: 0.99 })).toEqual(['0.99', Number.NaN])
    expect(loss({ side: 'sell', protectiveStop: 199 })).toEqual(['199', Number.NaN])
    expect(loss({ protectiveStop: 1 })[0]).toBe(100)
  })
})

describe('the lots of an order', () => {
  it('are whole, what is no whole lot against it', () => {
    const asked = (quantity: number) => ({ ...order(), quantity }) as ReturnType<typeof order>
    expect([lotsOf(asked(0.1), odd), lotsOf(asked(0.07), odd), lotsOf(asked(0.01), odd)]).toEqual([2n, 2n, 1n])
    // 0.29 hundredths are a hair below 29.
    expect(lotsOf(asked(0.29), eth)).toBe(29n)
    expect(lineOf(clipSize().check({ ...oddOrder(5), quantity: asked(5.01).quantity }, oddView()))).toBe(
      'shrink 5 CLIP',
    )
  })
})

describe('figures that rules are given', () => {
  it('are refused where they are none', () => {
    expect(costsOf('test', 0).ppm).toBe(0n)
    expect(costsOf('test', 0.0000001)).toEqual({ near: 1e-6, ppm: 1n })
    expect(costsOf('test', 0.003)).toEqual({ near: 0.003, ppm: 3000n })
    expect(() => costsOf('test', '0.1' as unknown as number)).toThrow('test costs "0.1" are not a ratio from 0 to 1.')
    expect(() => costsOf('test', '"' as unknown as number)).toThrow('test costs "\\"" are not a ratio from 0 to 1.')
    expect(checkCount('n', 1, 3)).toBe(1)
    expect(checkCount('n', 3, 3)).toBe(3)
    expect(() => checkCount('n', 4, 3)).toThrow('n "4" is not a whole number from 1 to 3.')
    expect(() => checkCount('n', 'x"' as unknown as number, 3)).toThrow('n "x\\"" is not a whole number from 1 to 3.')
  })

  it('are named by what is wrong with them', () => {
    const codeOf = (asked: ReturnType<typeof order>, price: number, needed?: Parameters<typeof unusable>[4]) => {
      const reason = unusable(
        'test',
        asked,
        account({ marks: { [eth.id]: undefined as unknown as number } }),
        price,
        needed,
      )
      return reason && `${reason.code} ${reason.got} ${reason.unit}`
    }
    expect(codeOf(order(), 100)).toBeUndefined()
    expect(codeOf(order(), Number.NaN)).toBe('NOT_FINITE NaN price')
    expect(codeOf(order({ instrument: eth }), Number.NaN)).toBe('NO_MARK none price')
    expect(codeOf(order({ instrument: eth }), -1)).toBe('NOT_FINITE -1 price')
    expect(codeOf(order(), 0)).toBe('NOT_FINITE 0 price')
    expect(codeOf(order(), 9.99e12)).toBeUndefined()
    expect(codeOf(order(), 1e13)).toBe('NOT_FINITE 10000000000000 price')
    expect(codeOf({ ...order(), quantity: 1e12 as ReturnType<typeof order>['quantity'] }, 1)).toBe(
      'NOT_FINITE 1000000000000 base',
    )
    expect(
      codeOf(order(), 1, [
        [1, 'ms'],
        [Number.NaN, 'ratio'],
      ]),
    ).toBe('NOT_FINITE NaN ratio')
  })
})
