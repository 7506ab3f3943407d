import type { BarInput } from '../indicator.js'
import { bollingerBandsDefinition } from '../price/bollingerBands.js'
import { RollingMoments } from '../rollingMoments.js'
import { bollingerWidthDefinition, widthOf } from '../volatility/bollingerWidth.js'
import { stdDevDefinition } from '../volatility/stdDev.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** Bollinger bands, their width and the standard deviation: the moments of one window. */
export const bandBlock: SharedBlock = {
  definitions: [bollingerBandsDefinition, bollingerWidthDefinition, stdDevDefinition],
  create: (slotOf) => new BandBlock(slotOf),
}

class BandBlock implements FeatureBlock {
  private readonly bands = defaultsOf(bollingerBandsDefinition)
  private readonly width = defaultsOf(bollingerWidthDefinition)
  private readonly window = new RollingMoments(this.bands.period)
  private readonly slots: Readonly<Record<'upper' | 'middle' | 'lower' | 'width' | 'deviation', number>>

  constructor(slotOf: SlotOf) {
    this.slots = {
      upper: slotOf(bollingerBandsDefinition, 'upper'),
      middle: slotOf(bollingerBandsDefinition, 'middle'),
      lower: slotOf(bollingerBandsDefinition, 'lower'),
      width: slotOf(bollingerWidthDefinition, 'bbWidth'),
      deviation: slotOf(stdDevDefinition, 'stdDev'),
    }
  }

  next({ close }: BarInput, row: Float64Array): void {
    const { window, slots, bands, width } = this
    window.input = close
    window.advance()
    const { mean, deviation } = window
    row[slots.upper] = mean + bands.k * deviation
    row[slots.middle] = mean
    row[slots.lower] = mean - bands.k * deviation
    row[slots.width] = widthOf(deviation, mean, width.k)
    row[slots.deviation] = deviation
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.window.undo()
    this.next(bar, row)
  }
}
