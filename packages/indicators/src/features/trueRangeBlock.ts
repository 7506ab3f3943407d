import type { BarInput } from '../indicator.js'
import { supertrendDefinition } from '../price/supertrend.js'
import { TrendBands } from '../price/trendBands.js'
import { ExponentialAverage, emaSpec, wilderSpec } from '../smoothing.js'
import { span } from '../trueRange.js'
import { atrDefinition } from '../volatility/atr.js'
import { keltnerDefinition } from '../volatility/keltner.js'
import { keltnerBand } from '../volatility/keltnerBand.js'
import { natrDefinition, percentOfClose } from '../volatility/natr.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** Average true ranges and the bands made of them: one true range, and one of Wilder's averages per length. */
export const trueRangeBlock: SharedBlock = {
  definitions: [atrDefinition, natrDefinition, supertrendDefinition, keltnerDefinition],
  create: (slotOf) => new TrueRangeBlock(slotOf),
}

type Slot = 'atr' | 'natr' | 'line' | 'direction' | 'upper' | 'middle' | 'lower'

class TrueRangeBlock implements FeatureBlock {
  private readonly keltner = defaultsOf(keltnerDefinition)
  private readonly long = new ExponentialAverage(wilderSpec(defaultsOf(atrDefinition).period, 'hold'))
  private readonly short = new ExponentialAverage(wilderSpec(this.keltner.atr, 'hold'))
  private readonly trend = new TrendBands(defaultsOf(supertrendDefinition).k)
  private readonly middle = new ExponentialAverage(emaSpec(this.keltner.period, 'sma', 'hold'))
  private readonly slots: Readonly<Record<Slot, number>>
  private last = Number.NaN
  private lastBefore = Number.NaN

  constructor(slotOf: SlotOf) {
    this.slots = {
      atr: slotOf(atrDefinition, 'atr'),
      natr: slotOf(natrDefinition, 'natr'),
      line: slotOf(supertrendDefinition, 'line'),
      direction: slotOf(supertrendDefinition, 'direction'),
      upper: slotOf(keltnerDefinition, 'upper'),
      middle: slotOf(keltnerDefinition, 'middle'),
      lower: slotOf(keltnerDefinition, 'lower'),
    }
  }

  next(bar: BarInput, row: Float64Array): void {
    const { high, low, close } = bar
    const { last, long, short, trend, middle, slots, keltner } = this
    const probe = high - low + close
    const hole = probe - probe
    const range = span(high, low, last) + hole
    this.lastBefore = last
    if (hole === 0) this.last = close
    long.input = range
    short.input = range
    middle.input = close + hole
    long.advance()
    short.advance()
    middle.advance()
    trend.range = short.value
    trend.next(bar)
    row[slots.atr] = long.value
    row[slots.natr] = percentOfClose(long.value, close)
    row[slots.line] = trend.line
    row[slots.direction] = trend.direction
    row[slots.upper] = keltnerBand(middle.value, short.value, keltner.k)
    row[slots.middle] = middle.value
    row[slots.lower] = keltnerBand(middle.value, short.value, -keltner.k)
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.last = this.lastBefore
    this.long.undo()
    this.short.undo()
    this.trend.undo()
    this.middle.undo()
    this.next(bar, row)
  }
}
