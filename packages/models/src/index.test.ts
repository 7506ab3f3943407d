import { expect, it } from 'vitest'
import * as models from './index.js'

it('exports these names', () => {
  expect(Object.keys(models).sort()).toMatchInlineSnapshot(`
    [
      "abstention",
      "askAt",
      "coordinate",
      "dickeyFullerCritical",
      "fromModel",
      "meanReversion",
      "ornsteinUhlenbeck",
      "smaCross",
      "trendFollowing",
      "trendReversionEnsemble",
    ]
  `)
})
