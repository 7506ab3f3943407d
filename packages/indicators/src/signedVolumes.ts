import { BulkShare } from './bulkShare.js'
import type { BarColumns } from './indicator.js'
import { rollingBands } from './rollingBands.js'

/** What `VolumeClassification` makes of bars, as columns. */
export interface BarChanges {
  /** Change of the close since the last finite bar; `NaN` for the first one and where something is not finite. */
  readonly change: Float64Array
  /** Volume; `NaN` where something is not finite. */
  readonly volume: Float64Array
}

/** Changes of the close and volumes of bars. */
export function barChanges({ close, volume }: BarColumns<'close' | 'volume'>): BarChanges {
  const { length } = close
  const changes = { change: new Float64Array(length), volume: new Float64Array(length) }
  let price = Number.NaN
  for (let index = 0; index < length; index++) {
    const probe = close[index]! + volume[index]!
    const hole = probe - probe
    changes.change[index] = close[index]! - price + hole
    changes.volume[index] = volume[index]! + hole
    if (hole === 0) price = close[index]!
  }
  return changes
}

/** Bought less sold volume of bars, equal bit for bit to that of a `VolumeClassification`. */
export function signedVolumes({ change, volume }: BarChanges, sigma: number): Float64Array {
  const signed = new Float64Array(change.length)
  // The upper one of bands around 0, which is written last: the deviation.
  const bands = { period: sigma, scale: 1 / sigma, center: 0, k: 1 } as const
  rollingBands(change, bands, { means: signed, lower: signed, upper: signed })
  const bulk = new BulkShare()
  for (let index = 0; index < signed.length; index++) {
    bulk.change = change[index]!
    bulk.deviation = signed[index]!
    bulk.advance()
    signed[index] = volume[index]! * bulk.share
  }
  return signed
}
