import type { BarInput } from '../indicator.js'
import { demaDefinition, doubled } from '../price/dema.js'
import { emaDefinition } from '../price/ema.js'
import { temaDefinition, tripled } from '../price/tema.js'
import { ExponentialAverage, emaSpec } from '../smoothing.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** The exponential average, the double and the triple one: three averages, each over the one before. */
export const cascadeBlock: SharedBlock = {
  definitions: [emaDefinition, demaDefinition, temaDefinition],
  create: (slotOf) => new CascadeBlock(slotOf),
}

class CascadeBlock implements FeatureBlock {
  private readonly first = average()
  private readonly second = average()
  private readonly third = average()
  private readonly slots: Readonly<Record<'ema' | 'dema' | 'tema', number>>

  constructor(slotOf: SlotOf) {
    this.slots = {
      ema: slotOf(emaDefinition, 'ema'),
      dema: slotOf(demaDefinition, 'dema'),
      tema: slotOf(temaDefinition, 'tema'),
    }
  }

  next({ close }: BarInput, row: Float64Array): void {
    const { first, second, third, slots } = this
    first.input = close
    first.advance()
    second.input = first.value
    second.advance()
    third.input = second.value
    third.advance()
    row[slots.ema] = first.value
    row[slots.dema] = doubled(first.value, second.value)
    row[slots.tema] = tripled(first.value, second.value, third.value)
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.first.undo()
    this.second.undo()
    this.third.undo()
    this.next(bar, row)
  }
}

function average(): ExponentialAverage {
  return new ExponentialAverage(emaSpec(defaultsOf(emaDefinition).period, 'sma', 'hold'))
}
