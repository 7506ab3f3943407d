import { duration } from '@astertrade/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spanText } from './spanText.js'

it.each([
  [60_000, '1m'],
  [5_400_000, '90m'],
  [3_600_000, '1h'],
  [86_400_000, '1d'],
  [604_800_000, '7d'],
  [1_500, '1500ms'],
])('prints %i ms as %s', (ms, text) => {
  expect(spanText(ms)).toBe(text)
})

it('prints what duration reads back', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e12 }), (ms) => duration(spanText(ms)) === ms))
})
