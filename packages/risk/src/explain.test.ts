import type { RiskReason } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { explain } from './explain.js'

const reason = (rest: Partial<RiskReason>): RiskReason => ({
  code: 'CLIP',
  rule: 'clipSize(5%)',
  limit: '500',
  got: '990',
  unit: 'quote',
  ...rest,
})

describe('explain', () => {
  it.each([
    [reason({}), 'The order is worth 990; one entry may be worth 500. [CLIP by clipSize(5%)]'],
    [
      reason({ code: 'DAILY_LOSS', rule: 'dailyLoss(3%)', limit: '0.03', got: '0.0312', unit: 'ratio' }),
      'The day has lost 3.12%; from 3% on no new risk is taken. [DAILY_LOSS by dailyLoss(3%)]',
    ],
    [
      reason({ code: 'DRAWDOWN', rule: 'maxDrawdown(10%)', limit: '0.1', got: '0.1', unit: 'ratio' }),
      'Equity is 10% below its high-water mark; at 10% trading halts until an operator lifts the latch. [DRAWDOWN by maxDrawdown(10%)]',
    ],
    [
      reason({ code: 'NO_MARK', limit: 'a price', got: 'none', unit: 'price' }),
      'The instrument has no price yet, so the order cannot be valued. [NO_MARK by clipSize(5%)]',
    ],
    [
      reason({ code: 'NOT_FINITE', limit: 'a number', got: 'NaN' }),
      'A figure that the rule needs is "NaN". [NOT_FINITE by clipSize(5%)]',
    ],
    [
      reason({ code: 'SIGNAL_STALE', rule: 'mine', limit: '1000', got: '1500', unit: 'ms' }),
      'The limit is 1000 ms and the order or account has 1500 ms. [SIGNAL_STALE by mine]',
    ],
  ])('says %o in one sentence', (given, sentence) => {
    expect(explain(given)).toBe(sentence)
  })
})
