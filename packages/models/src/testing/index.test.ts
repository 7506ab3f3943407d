import { expect, it } from 'vitest'
import * as testing from './index.js'

it('exports these names', () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "backendContract",
      "modelContract",
      "plantedBars",
      "plantedTrades",
      "repositoryContract",
      "sampleArtifact",
    ]
  `)
})
