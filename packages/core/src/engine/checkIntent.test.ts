import { describe, expect, it } from 'vitest'
import type { OrderType, TimeInForce } from '../order.js'
import { amend, buy, type Intent, type OrderOptions, sell, target, type Wish } from '../strategy.js'
import { a, createEngineRig, nth } from './engineRig.rig.js'

const wishing = (wish: unknown) => () => createEngineRig().bar(100, wish as Wish)
const bad = (message: string) => expect.objectContaining({ name: 'ConfigError', code: 'BAD_INTENT', message })
const trail = { kind: 'absolute', distance: 5 } as const

describe('an order that cannot be meant', () => {
  it.each<[OrderType, OrderOptions]>([
    ['market', {}],
    ['marketToLimit', {}],
    ['stop', { trigger: 105 }],
    ['marketIfTouched', { trigger: 95 }],
    ['trailingStop', { trail }],
  ])('is refused where a %s order wants to be a maker', (type, options) => {
    expect(wishing(buy(a.id, 1, { ...options, type, postOnly: true }))).toThrow(
      bad(
        `A ${type} order of strategy "one" is postOnly, but takes what it meets.\n  Only an order with a limit can be a maker.`,
      ),
    )
    expect(wishing(buy(a.id, 1, { ...options, type, postOnly: false }))).not.toThrow()
  })

  it.each<[OrderType, OrderOptions]>([
    ['stop', { trigger: 105 }],
    ['stopLimit', { trigger: 105, limit: 106 }],
    ['limitIfTouched', { trigger: 95, limit: 94 }],
    ['trailingStopLimit', { trail, limitOffset: 1 }],
  ])('is refused where a %s order waits for an auction', (type, options) => {
    for (const timeInForce of ['atOpen', 'atClose'] as const satisfies readonly TimeInForce[]) {
      expect(wishing(buy(a.id, 1, { ...options, type, timeInForce }))).toThrow(
        bad(
          `A ${type} order of strategy "one" is ${timeInForce}, but waits for its trigger.\n  A triggered order meets the market at once: use 'gtc', 'ioc' or 'fok'.`,
        ),
      )
    }
  })

  it.each([
    [{ quantity: '5' }, 'Strategy "one" ordered a quantity of "5".\n  A finite number ≥ 0, in base units.'],
    [{ reduceOnly: 'yes' }, 'Strategy "one" gave "yes" as reduceOnly.\n  true or false.'],
    [{ closePosition: 1 }, 'Strategy "one" gave "1" as closePosition.\n  true or false.'],
    [{ group: 'exits' }, `Strategy "one" gave "exits" as group.\n  ${groupHint()}`],
    [{ group: null }, `Strategy "one" gave null as group.\n  ${groupHint()}`],
    [
      { group: { kind: 'oc0', name: 'x' } },
      `Strategy "one" gave {"kind":"oc0","name":"x"} as group.\n  ${groupHint()}`,
    ],
    [{ stop: '90' }, `Stop "90" of A.sim is not a finite number.\n  A price, or 'none'.`],
    [
      { afterFill: 'x' },
      'Strategy "one" gave "x" as afterFill, which is no list of orders.\n  afterFill: [sell(id, quantity, { limit })]',
    ],
    [
      { afterFill: [target(a.id, 1)] },
      'An afterFill of strategy "one" holds {"kind":"target","instrument":"A.sim","exposure":1}, which is no order.\n  Use buy() or sell().',
    ],
    [{ afterFill: [sell(a.id, 1, { limit: Number.NaN })] }, 'Strategy "one" gave "NaN" as limit.'],
    [{ afterFill: [sell(a.id, 1, { type: 'limit' })] }, 'A limit order of strategy "one" has no limit.'],
  ])('is refused with %o', (changes, message) => {
    expect(wishing({ ...buy(a.id, 1), ...changes })).toThrow(bad(message))
  })

  it('is refused where an instrument is unknown or was not named, in what follows a fill too', () => {
    const unknown = (message: string) => expect.objectContaining({ code: 'UNKNOWN_INSTRUMENT', message })
    const other = 'B.x' as typeof a.id
    const says = 'The engine does not know the instrument "B.x".\n  Known are A.sim, B.sim.'
    expect(wishing(buy(other, 1))).toThrow(unknown(says))
    expect(wishing(buy(a.id, 1, { afterFill: [sell(other, 1)] }))).toThrow(unknown(says))
    expect(wishing({ kind: 'target', exposure: 1 })).toThrow(
      unknown('No instrument was named.\n  Known are A.sim, B.sim.'),
    )
  })
})

describe('an answer that is no wish', () => {
  it('is called a Promise where a hook is async', () => {
    expect(wishing([Promise.resolve(target(a.id, 1))])).toThrow(
      bad(
        'Strategy "one" returned a Promise, which is no intent.\n  A hook answers at once: leave out async, and load what it needs before the run.',
      ),
    )
  })
})

describe('an amendment that cannot be meant', () => {
  const amending = (changes: object, options: OrderOptions = { limit: 50 }) => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 1, options))
    return () => rig.bar(100, { ...amend(nth(1), {}), ...changes } as Intent)
  }

  it('is refused where the type of the order does not use the field', () => {
    const hint = '\n  Cancel the order and place one of the type that is meant.'
    const says = (what: string) => bad(`Strategy "one" amended ${what} order, which does not use it.${hint}`)
    expect(amending({ limit: 95 }, { type: 'stop', trigger: 120 })).toThrow(says('the limit of a stop'))
    expect(amending({ limit: 95 }, {})).toThrow(says('the limit of a market'))
    expect(amending({ trigger: 95 })).toThrow(says('the trigger of a limit'))
    expect(amending({ trigger: 95 }, { type: 'trailingStop', trail })).toThrow(says('the trigger of a trailingStop'))
    expect(amending({ limit: 95, trigger: 96 }, { type: 'stopLimit', trigger: 120, limit: 121 })).not.toThrow()
  })

  it('is refused with figures that are none, whether or not the order is still there', () => {
    expect(amending({ limit: Number.NaN })).toThrow(bad('Strategy "one" amended a limit to "NaN".'))
    expect(amending({ quantity: -3 })).toThrow(bad('Strategy "one" amended a quantity to "-3".'))
    expect(amending({ quantity: Number.POSITIVE_INFINITY })).toThrow(
      bad('Strategy "one" amended a quantity to "Infinity".'),
    )
    expect(amending({ lmit: 3 })).toThrow(
      bad('An amendment of strategy "one" has the unknown key "lmit".\n  Did you mean "limit"?'),
    )
    expect(wishing(amend(nth(9), { trigger: Number.NaN }))).toThrow(bad('Strategy "one" amended a trigger to "NaN".'))
    expect(wishing(amend(nth(9), { trigger: 5 }))).not.toThrow()
  })
})

function groupHint(): string {
  return "Such as group: { kind: 'oco', name: 'exits' }; kinds are 'oco' and 'ouo'."
}
