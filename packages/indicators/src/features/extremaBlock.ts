import type { BarInput } from '../indicator.js'
import { boundedPercent, stochasticDefinition, stochasticPosition } from '../momentum/stochastic.js'
import { belowTop, williamsRDefinition } from '../momentum/williamsR.js'
import { RollingSum } from '../rolling.js'
import { RollingExtrema } from '../rollingExtrema.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** Where the close stands between the highest high and the lowest low of one window. */
export const extremaBlock: SharedBlock = {
  definitions: [stochasticDefinition, williamsRDefinition],
  create: (slotOf) => new ExtremaBlock(slotOf),
}

const stochastic = /* @__PURE__ */ defaultsOf(stochasticDefinition)

class ExtremaBlock implements FeatureBlock {
  private readonly extrema = new RollingExtrema(stochastic.period)
  private readonly raw = new RollingSum(stochastic.smooth)
  private readonly smoothed = new RollingSum(stochastic.d)
  private readonly slots: Readonly<Record<'k' | 'd' | 'williamsR', number>>

  constructor(slotOf: SlotOf) {
    this.slots = {
      k: slotOf(stochasticDefinition, 'k'),
      d: slotOf(stochasticDefinition, 'd'),
      williamsR: slotOf(williamsRDefinition, 'williamsR'),
    }
  }

  next(bar: BarInput, row: Float64Array): void {
    const { extrema, raw, smoothed, slots } = this
    const { close } = bar
    extrema.next(bar)
    raw.input = stochasticPosition(close, extrema.max, extrema.min)
    raw.advance()
    const k = boundedPercent(raw.sum / stochastic.smooth)
    smoothed.input = k
    smoothed.advance()
    row[slots.k] = k
    row[slots.d] = boundedPercent(smoothed.sum / stochastic.d)
    row[slots.williamsR] = belowTop(close, extrema.max, extrema.min)
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.extrema.undo()
    this.raw.undo()
    this.smoothed.undo()
    this.next(bar, row)
  }
}
