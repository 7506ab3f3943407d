import { describe, expect, it } from 'vitest'
import { capitalTiers } from '../capitalTiers.js'
import { tierMemory } from '../tierMemory.js'
import { account, btc, eth, order } from './account.rig.js'
import { costsOf } from './costsOf.js'
import { type PolicyLookOptions, policyLook } from './policyLook.js'

const tiers = capitalTiers([{ from: '100', risk: 1, position: 1 }], 'own')
/** Limits that leave everything, to be tightened one at a time. */
const loose: PolicyLookOptions = {
  clipSize: 1,
  dailyLoss: 0.5,
  maxDrawdown: 0.9,
  portfolioRisk: 1,
  exposure: 1,
  tiers,
  memory: tierMemory(tiers),
  positionMost: 1,
  costs: costsOf('test', 0),
  firstStep: undefined,
}
const tiersOf = (risk: number, position: number) => capitalTiers([{ from: '100', risk, position }], 'own')
type Case = readonly [
  name: string,
  limits: Partial<PolicyLookOptions>,
  view: Parameters<typeof account>[0],
  most: number,
]

const held = { positions: { [btc.id]: 10, [eth.id]: -5 }, stops: { [btc.id]: 95, [eth.id]: 105 } }
const cases: readonly Case[] = [
  ['clip', { clipSize: 0.05 }, {}, 5],
  ['position', { tiers: tiersOf(1, 0.2) }, {}, 20],
  ['position beside others', { tiers: tiersOf(1, 0.2) }, held, 5],
  ['strict position', { positionMost: 0.1 }, {}, 10],
  ['position risk', { tiers: tiersOf(0.02, 1) }, {}, 40],
  ['position risk beside others', { tiers: tiersOf(0.02, 1) }, held, 25],
  ['position risk with costs', { tiers: tiersOf(0.02, 1), costs: costsOf('test', 0.01) }, {}, 33.333],
  ['position risk with costs beside others', { tiers: tiersOf(0.02, 1), costs: costsOf('test', 0.01) }, held, 18.208],
  ['portfolio risk', { portfolioRisk: 0.03 }, {}, 60],
  ['cushion', { maxDrawdown: 0.1 }, { equity: '9200', dayStart: '9200', highWaterMark: '10000' }, 40],
  ['exposure', { exposure: 0.5 }, held, 35],
  ['free cash', {}, { cash: '3000' }, 30],
  ['free cash with costs', { costs: costsOf('test', 0.25) }, { cash: '3000' }, 24],
  [
    'losses of the day',
    { firstStep: 0.5, clipSize: 0.05, dailyLoss: 0.03 },
    { equity: '9900', dayStart: '10000', highWaterMark: '10000' },
    3.3,
  ],
  [
    'losses of the day at the stop',
    { firstStep: 0.5, tiers: tiersOf(0.02, 1), dailyLoss: 0.03 },
    { equity: '9900', dayStart: '10000', highWaterMark: '10000' },
    26.4,
  ],
]
/** Limits that lie between two lots. */
const thirds = new Set([33.333, 18.208])
const clears = (
  limits: Partial<PolicyLookOptions>,
  view: Parameters<typeof account>[0],
  quantity: number,
  rest: Parameters<typeof order>[0] = {},
) => policyLook({ ...loose, ...limits }).clears(order({ quantity, protectiveStop: 95, ...rest }), account(view))

describe('the first look at sizes', () => {
  it.each(cases)('clears an order just within its %s, and none that reaches it', (_, limits, view, most) => {
    expect(clears(limits, view, most - 0.001)).toBe(true)
    expect(clears(limits, view, most)).toBe(thirds.has(most))
    expect(clears(limits, view, most + 0.001)).toBe(false)
  })

  it('counts a position however small', () => {
    const one = { positions: { [btc.id]: 0.01 } }
    expect(clears({ tiers: tiersOf(0.02, 1) }, one, 39.799)).toBe(true)
    expect(clears({ tiers: tiersOf(0.02, 1) }, one, 39.801)).toBe(false)
  })

  it('leaves accounts near a loss, a drawdown or a bound of the tiers to the rules', () => {
    const at = (equity: string, rest: Partial<PolicyLookOptions>) =>
      clears(rest, { equity, dayStart: '10000', highWaterMark: '10000' }, 0.001)
    expect([at('9701', { dailyLoss: 0.03 }), at('9700', { dailyLoss: 0.03 }), at('9699', { dailyLoss: 0.03 })]).toEqual(
      [true, false, false],
    )
    const fall = { maxDrawdown: 0.1, dailyLoss: 0.5 }
    expect([at('9001', fall), at('9000', fall), at('8999', fall)]).toEqual([true, false, false])
    const step = { ...fall, firstStep: 0.05 }
    expect([at('9501', step), at('9500', step)]).toEqual([true, false])
    expect(clears({}, { equity: '100' }, 0.001)).toBe(false)
    expect(clears({}, { equity: '101' }, 0.001)).toBe(true)
    expect(clears({}, { equity: '99' }, 0.001)).toBe(false)
  })

  it('leaves unsound stops and figures to the rules, and clears exits', () => {
    expect(clears({}, {}, 0.001, { protectiveStop: 101 })).toBe(false)
    expect(clears({}, {}, 0.001, { protectiveStop: 'none' })).toBe(true)
    for (const figure of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const name of ['equity', 'grossExposure', 'freeCash', 'highWaterMarkNear', 'dayStartNear']) {
        const view = { ...account(), [name]: figure }
        const isCleared = policyLook(loose).clears(order({ quantity: 0.001, protectiveStop: 95 }), view)
        expect(isCleared, `${name} ${figure}`).toBe(false)
      }
    }
    expect(clears({}, { marks: { [btc.id]: Number.NaN } }, 0.001)).toBe(false)
    expect(clears({}, { equity: '0' }, 1e6, { reduceOnly: true })).toBe(true)
    const odd = { ...order(), quantity: 0 } as ReturnType<typeof order>
    expect(policyLook(loose).clears(odd, account())).toBe(false)
  })
})
