import type { IndicatorDefinition } from '../definition.js'
import type { BarInput } from '../indicator.js'

/** Some columns of a feature row, computed together. */
export interface FeatureBlock {
  /** Takes a closed bar, or opens a new one, and writes its columns. */
  next(bar: BarInput, row: Float64Array): void
  /** Takes the forming bar again, as if the last `next` had never happened. */
  replace(bar: BarInput, row: Float64Array): void
}

/** Where in the row an output stands; a slot behind the row for one that is not asked for. */
export type SlotOf = (definition: IndicatorDefinition, output: string) => number

/** A block for several indicators that need the same intermediates. */
export interface SharedBlock {
  readonly definitions: readonly IndicatorDefinition[]
  readonly create: (slotOf: SlotOf) => FeatureBlock
}
