import { expect, it } from 'vitest'
import { dayText } from './dayText.js'

it('prints the day that a time lies in, UTC, whatever the zone of the machine', () => {
  expect(dayText(0)).toBe('1970-01-01')
  expect(dayText(Date.UTC(2024, 1, 29, 23, 59, 59, 999))).toBe('2024-02-29')
  expect(dayText(-1)).toBe('1969-12-31')
})
