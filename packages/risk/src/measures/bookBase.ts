import { filteredNeeded } from './filteredHistorical.js'
import { type FilteredScenariosOptions, filteredScenarios } from './filteredScenarios.js'
import { historicalNeeded } from './historicalRisk.js'
import { meanSquare } from './meanSquare.js'
import type { TailSlot } from './sampleTail.js'
import type { Scenarios } from './scenarioMatrix.js'
import { type ScenarioTail, scenarioTail } from './scenarioTail.js'
import { shortSampleMargin } from './shortSample.js'
import { fitDegrees, studentTTail } from './studentTRisk.js'

/** Slots for one tail per confidence. */
export function tailSlots(levels: readonly number[]): (TailSlot & { readonly confidencePerMille: number })[] {
  return levels.map((confidencePerMille) => ({ confidencePerMille, valueAtRisk: 0, expectedShortfall: 0 }))
}

/**
 * The larger of historical and filtered historical simulation for what is held and one more order; where a history is
 * too short for a confidence, the larger of filtered history and Student-t with a margin.
 */
export function createBookBase(
  scenarios: Scenarios,
  levels: readonly number[],
  options: FilteredScenariosOptions,
): Pick<ScenarioTail, 'hold' | 'read'> {
  const past = scenarioTail(scenarios, levels)
  const filtered = filteredScenarios(scenarios, options)
  const scaled = filtered.kind === 'scenarios' ? scenarioTail(filtered, levels) : undefined
  const rows = scaled?.rows ?? 0
  const shortPast = levels.map((level) => past.rows < historicalNeeded(level))
  const shortScaled = levels.map((level) => rows < filteredNeeded(level))
  const anyShort = [...shortPast, ...shortScaled].includes(true)
  const [students, squares] = [tailSlots(levels), new Float64Array(past.rows)]
  const [pasts, scaleds] = [tailSlots(levels), tailSlots(levels)]
  return {
    hold(vector) {
      past.hold(vector)
      scaled?.hold(vector)
    },
    read(index, value, out) {
      const moves = past.read(index, value, pasts)
      scaled?.read(index, value, scaleds)
      if (anyShort) readStudents(past.scratch, squares, students)
      for (let level = 0; level < out.length; level++) {
        clear(out[level]!)
        if (!shortPast[level]) raise(out[level]!, pasts[level]!, 1)
        if (!shortScaled[level]) raise(out[level]!, scaleds[level]!, shortPast[level] ? shortSampleMargin : 1)
        if (shortPast[level] || shortScaled[level]) raise(out[level]!, students[level]!, shortSampleMargin)
      }
      return moves
    },
  }
}

function readStudents(losses: Float64Array, squares: Float64Array, out: ReturnType<typeof tailSlots>): void {
  const sigma = Math.sqrt(meanSquare(losses))
  const degrees = fitDegrees(losses, sigma, squares)
  for (const slot of out) {
    const { valueAtRisk, expectedShortfall } = studentTTail(sigma, degrees, slot.confidencePerMille)
    slot.valueAtRisk = valueAtRisk
    slot.expectedShortfall = expectedShortfall
  }
}

function clear(slot: TailSlot): void {
  slot.valueAtRisk = Number.NEGATIVE_INFINITY
  slot.expectedShortfall = Number.NEGATIVE_INFINITY
}

function raise(slot: TailSlot, by: TailSlot, margin: number): void {
  slot.valueAtRisk = Math.max(slot.valueAtRisk, by.valueAtRisk * margin)
  slot.expectedShortfall = Math.max(slot.expectedShortfall, by.expectedShortfall * margin)
}
