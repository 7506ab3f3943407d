import { confidenceRank } from './confidence.js'
import { addColumn, addLosses } from './portfolioLosses.js'
import { readTail, riseFrom, type TailSlot } from './sampleTail.js'
import { type Scenarios, scenarioColumns } from './scenarioMatrix.js'

/** The losses of what is held over one set of scenarios, kept so that one more order costs one column. */
export interface ScenarioTail {
  readonly rows: number
  /** Losses of the held portfolio and the candidate of the last `read`, reordered. */
  readonly scratch: Float64Array
  /** Values everything anew, so that no rounding builds up. */
  hold(vector: Float64Array): void
  /**
   * Writes the tails of what is held with `value` more of instrument `index`, one per confidence, and returns false
   * where all losses are the same. Nothing is allocated.
   */
  read(index: number, value: number, out: readonly TailSlot[]): boolean
}

/** Keeps the losses of a portfolio over scenarios. Confidences rise. */
export function scenarioTail(scenarios: Scenarios, confidences: readonly number[]): ScenarioTail {
  const { rows } = scenarios
  const columns = scenarioColumns(scenarios)
  const held = new Float64Array(rows)
  const scratch = new Float64Array(rows)
  const rank = confidenceRank(rows, confidences[0]!)
  const upper = scratch.subarray(rank)
  return {
    rows,
    scratch,
    hold(vector) {
      held.fill(0)
      addLosses(scenarios, vector, held)
    },
    read(index, value, out) {
      scratch.set(held)
      if (value !== 0) addColumn(columns[index]!, value, scratch)
      const moves = differs(scratch)
      riseFrom(scratch, rank, upper)
      for (let level = 0; level < confidences.length; level++) readTail(scratch, confidences[level]!, out[level]!)
      return moves
    },
  }
}

function differs(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return true
  return false
}
