import { expect, it } from 'vitest'
import * as testing from './index.js'

it('exports these names', () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "modelContract",
      "plantedBars",
    ]
  `)
})
