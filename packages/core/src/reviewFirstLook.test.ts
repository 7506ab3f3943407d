import { describe, expect, it } from 'vitest'
import { defineInstrument, type Quantity } from './instrument.js'
import { review } from './review.js'
import { approve, type FirstLook, type RiskRule } from './risk.js'
import { orderRequestOf } from './testing/orderRequestOf.js'
import { riskViewOf } from './testing/riskViewOf.js'

const instrument = defineInstrument({ id: 'A.sim', tick: '1', lot: '1' })
const view = riskViewOf({ instruments: [instrument], marks: { [instrument.id]: 100 } })
const order = orderRequestOf({ instrument, quantity: 10 })
const reason = { code: 'TEST', rule: 'test', limit: '1', got: '2', unit: 'base' } as const

/** A rule that counts how often it is asked and shrinks to a size, behind a look. */
function counting(firstLook: FirstLook | undefined, size: number) {
  const asked: number[] = []
  const rule: RiskRule = {
    name: 'test',
    check(given) {
      asked.push(given.quantity)
      return given.quantity <= size ? approve : { kind: 'shrink', quantity: size as Quantity, reason }
    },
    ...(firstLook && { firstLook }),
  }
  return { rule, asked }
}

describe('a first look', () => {
  it('is asked once for the rules that share it, and spares them where it clears', () => {
    let looks = 0
    const look: FirstLook = { clears: () => ++looks > 0 }
    const [one, two, free] = [counting(look, 5), counting(look, 3), counting(undefined, 8)]
    const outcome = review(order, instrument, [one.rule, two.rule, free.rule], view)
    expect(outcome).toMatchObject({ kind: 'approved', order: { quantity: 8 } })
    expect([looks, one.asked, two.asked, free.asked]).toEqual([1, [], [], [10]])
  })

  it('leaves the order to each of the rules where it does not clear', () => {
    const look: FirstLook = { clears: () => false }
    const [one, two] = [counting(look, 5), counting(look, 3)]
    expect(review(order, instrument, [one.rule, two.rule], view)).toMatchObject({
      kind: 'approved',
      order: { quantity: 3 },
    })
    expect([one.asked, two.asked]).toEqual([[10], [5]])
  })

  it('is asked for each group of rules', () => {
    const clear: FirstLook = { clears: () => true }
    const dim: FirstLook = { clears: () => false }
    const [one, two, three] = [counting(clear, 1), counting(dim, 4), counting(clear, 1)]
    expect(review(order, instrument, [one.rule, two.rule, three.rule], view)).toMatchObject({ order: { quantity: 4 } })
    expect([one.asked, two.asked, three.asked]).toEqual([[], [10], []])
  })
})
