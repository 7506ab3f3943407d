import type { BarInput } from '../indicator.js'
import { ExponentialAverage, emaSpec } from '../smoothing.js'
import { Accumulation } from '../volume/accumulation.js'
import { adLineDefinition } from '../volume/adLine.js'
import { chaikinOscillatorDefinition } from '../volume/chaikinOscillator.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** The accumulation/distribution line and its oscillator. */
export const accumulationBlock: SharedBlock = {
  definitions: [adLineDefinition, chaikinOscillatorDefinition],
  create: (slotOf) => new AccumulationBlock(slotOf),
}

const oscillator = /* @__PURE__ */ defaultsOf(chaikinOscillatorDefinition)

class AccumulationBlock implements FeatureBlock {
  private readonly line = new Accumulation('hold')
  private readonly fast = new ExponentialAverage(emaSpec(oscillator.fast, 'sma', 'hold'))
  private readonly slow = new ExponentialAverage(emaSpec(oscillator.slow, 'sma', 'hold'))
  private readonly slots: Readonly<Record<'line' | 'oscillator', number>>

  constructor(slotOf: SlotOf) {
    this.slots = {
      line: slotOf(adLineDefinition, 'adl'),
      oscillator: slotOf(chaikinOscillatorDefinition, 'chaikinOsc'),
    }
  }

  next(bar: BarInput, row: Float64Array): void {
    const { line, fast, slow, slots } = this
    line.next(bar)
    fast.input = line.value
    slow.input = line.value
    fast.advance()
    slow.advance()
    row[slots.line] = line.value
    row[slots.oscillator] = fast.value - slow.value
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.line.undo()
    this.fast.undo()
    this.slow.undo()
    this.next(bar, row)
  }
}
