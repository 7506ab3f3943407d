import type { Timestamp } from '@astertrade/core'
import { expect, it } from 'vitest'
import { abstention, askAt } from './model.js'

it('asks at a time without features', () => {
  expect(askAt(5 as Timestamp)).toEqual({ time: 5, schema: '', values: new Float64Array(0) })
})

it('signs an abstention with the name of who abstains', () => {
  expect(abstention('trend', 'cold', 'too few bars')).toEqual({
    kind: 'abstain',
    code: 'cold',
    reason: 'trend: too few bars',
  })
})
