import { expect, it } from 'vitest'
import { account, btc } from './account.rig.js'
import { instrumentGroups } from './instrumentGroups.js'

it('divides the instruments of a view once, and those of another view anew', () => {
  let divisions = 0
  const groups = instrumentGroups((instruments) => {
    divisions++
    return instruments.map((instrument) => [instrument])
  })
  const view = account()
  expect(groups(view)).toHaveLength(3)
  expect(groups(view)).toHaveLength(3)
  expect(divisions).toBe(1)
  expect(groups(account({ instruments: [btc] }))).toEqual([[btc]])
  expect(divisions).toBe(2)
})
