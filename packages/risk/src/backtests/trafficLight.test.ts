import { describe, expect, it } from 'vitest'
import { exceedanceTable as table } from './exceedanceTable.rig.js'
import { trafficLight, trafficLightBounds } from './trafficLight.js'

describe('the traffic light', () => {
  it('has the zones of the design', () => {
    for (const [observations, confidencePerMille, yellowFrom, redFrom] of table) {
      expect(trafficLightBounds({ observations, confidencePerMille })).toEqual({ yellowFrom, redFrom })
      const light = (exceedances: number): string => trafficLight({ observations, exceedances, confidencePerMille })
      expect([yellowFrom - 1, yellowFrom, redFrom - 1, redFrom].map(light)).toEqual([
        'green',
        'yellow',
        'yellow',
        'red',
      ])
    }
  })

  it('copes with probabilities below any double', () => {
    expect(trafficLightBounds({ observations: 100_000, confidencePerMille: 500 })).toEqual({
      yellowFrom: 50_260,
      redFrom: 50_588,
    })
    expect(trafficLightBounds({ observations: 1, confidencePerMille: 990 })).toEqual({ yellowFrom: 1, redFrom: 1 })
  })
})
