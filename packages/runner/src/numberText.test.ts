import { expect, it } from 'vitest'
import { numberText, percentText } from './numberText.js'

it('groups thousands and signs with a real minus', () => {
  expect([numberText(-1234567.891), numberText(999.5, 0), numberText(0), numberText(-0.001)]).toEqual([
    '−1,234,567.89',
    '1,000',
    '0.00',
    '0.00',
  ])
})

it('prints ratios as percent', () => {
  expect([percentText(0.123), percentText(-0.0314), percentText(-0.0001)]).toEqual(['12.3 %', '−3.1 %', '0.0 %'])
})

it('says when a figure is not known', () => {
  expect([numberText(Number.NaN), percentText(Number.POSITIVE_INFINITY)]).toEqual(['n/a', 'n/a'])
})
