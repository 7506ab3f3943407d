import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barChanges, signedVolumes } from './signedVolumes.js'
import { barSeries, columnsOf } from './testing/barSeries.js'
import { VolumeClassification } from './volumeClassification.js'

describe('signed volumes', () => {
  it('are those of a classification fed bar by bar, to the bit', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 60, holes: 'some' }), fc.integer({ min: 2, max: 6 }), (bars, sigma) => {
        const stream = new VolumeClassification(sigma)
        const rows = bars.map((bar) => {
          stream.takeBar(bar)
          return [stream.change, stream.volume, stream.signed]
        })
        const changes = barChanges(columnsOf(bars))
        const columns = [changes.change, changes.volume, signedVolumes(changes, sigma)]
        for (const [at, column] of columns.entries()) expect([...column]).toEqual(rows.map((row) => row[at]))
      }),
    )
  })
})
