import { describe, expect, it } from 'vitest'
import { riskPolicy } from './policy.js'
import type { RiskPolicyOptions } from './policyOptions.js'

const names = (options: RiskPolicyOptions) => riskPolicy(options).map(({ name }) => name)

describe('a policy', () => {
  it.each([
    [{ deRisking: 'none' }, 'deRisking "none" is looser', ['clipSize(5%, no de-risking)']],
    [{ costs: 0 }, 'costs "0" are looser', ['positionRisk(0.5/1/1.5/2%, costs 0%)', 'freeBalance(costs 0%)']],
    [{ costs: 0.002 }, 'costs "0.002" are looser', ['portfolioRisk(8%, cushion 10%, costs 0.2%)']],
    [{ priceCollar: 0.06 }, 'priceCollar "0.06" is looser', ['priceCollar(6%, exits 6%, seed 5%)']],
    [
      { orderRate: { perDay: 201 } },
      'orderRate perDay "201" is looser',
      ['orderRate(5/s, account 10/s, 201/day, above seed)'],
    ],
    [{ orderRate: { strategyPerSecond: 6 } }, 'orderRate strategyPerSecond "6" is looser', []],
    [{ orderRate: { accountPerSecond: 11 } }, 'orderRate accountPerSecond "11" is looser', []],
  ] satisfies [RiskPolicyOptions, string, string[]][])(
    'takes %o for looser, and shows it',
    (options, message, said) => {
      expect(() => riskPolicy(options)).toThrow(expect.objectContaining({ code: 'ABOVE_SEED' }))
      expect(() => riskPolicy(options)).toThrow(message)
      expect(names({ ...options, ceilings: 'own' })).toEqual(expect.arrayContaining(said))
    },
  )

  it('takes what lies at the seed figures for no loosening', () => {
    const rates = { strategyPerSecond: 5, accountPerSecond: 10, perDay: 200 }
    expect(names({ priceCollar: 0.05, costs: 0.003, orderRate: rates })).toHaveLength(names({}).length)
  })
})
