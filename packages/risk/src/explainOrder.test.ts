import { describe, expect, it } from 'vitest'
import { explainOrder } from './explainOrder.js'
import { account, btc, order } from './limits/account.rig.js'
import { riskPolicy } from './policy.js'

const rules = riskPolicy({ costs: 0, ceilings: 'own' })
const explained = (quantity: number, view = account()) =>
  explainOrder(order({ quantity, protectiveStop: 95 }), btc, rules, view)

describe('explainOrder', () => {
  it('asks every rule about the order as it was wished for, and tells what a review makes of it', () => {
    const { answers, quantity, reasons } = explained(45)
    expect(answers.map(({ rule }) => rule)).toEqual(rules.map(({ name }) => name))
    const spoken = answers.filter(({ verdict }) => verdict.kind !== 'approve')
    expect(spoken.map(({ verdict, sentence }) => [verdict.kind, sentence])).toEqual([
      ['shrink', 'The order is worth 4500; one entry may be worth 500. [CLIP by clipSize(5%)]'],
      [
        'shrink',
        'The position could become worth 4500; it may be worth 2500. [POSITION_CAP by maxPosition(10/15/20/25%)]',
      ],
      [
        'shrink',
        'The position could lose 225 at its stop; it may lose 200. What has no stop counts in full. [POSITION_RISK by positionRisk(0.5/1/1.5/2%, costs 0%)]',
      ],
    ])
    expect([quantity, reasons]).toEqual([5, [spoken[0]!.sentence]])
  })

  it('gives no size and the one reason of the refusal, but all that stand in the way', () => {
    const { answers, quantity, reasons } = explained(1, account({ gaps: [btc.id], equity: '50' }))
    expect([quantity, reasons]).toEqual([
      0,
      ['The data of BTC-USDT.sim has a gap, or its venue is away. [SEQUENCE_GAP by staleData(gaps)]'],
    ])
    expect(answers.filter(({ verdict }) => verdict.kind !== 'approve').length).toBeGreaterThan(3)
  })

  it('has nothing to say of an order that passes', () => {
    const { answers, quantity, reasons } = explained(1)
    expect([quantity, reasons]).toEqual([1, []])
    expect(answers.every(({ sentence }) => sentence === undefined)).toBe(true)
  })
})
