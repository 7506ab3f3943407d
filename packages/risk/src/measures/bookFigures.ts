import { createBookBase, tailSlots } from './bookBase.js'
import type { TailSlot } from './sampleTail.js'
import type { BookTail, ScenarioBookOptions } from './scenarioBook.js'
import { scenarioTail } from './scenarioTail.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** The arithmetic of a scenario book, on places of instruments instead of names. */
export interface BookFigures {
  readonly kind: 'figures'
  hold(vector: Float64Array): void
  read(index: number, value: number): BookTail | Unavailable
}

const rowsMin = 120

/**
 * Sets up the arithmetic of a scenario book: figures over past returns, times the factor by which Monte Carlo exceeds
 * them.
 */
export function createBookFigures(
  options: ScenarioBookOptions & Required<Pick<ScenarioBookOptions, 'confidencesPerMille' | 'multiplier'>>,
): BookFigures | Unavailable {
  const { scenarios, simulated, confidencesPerMille: levels, multiplier } = options
  if (scenarios.rows < rowsMin) return unavailable('TOO_SHORT', `${rowsMin} periods`, scenarios.rows)
  const base = createBookBase(scenarios, levels, options)
  const drawn = scenarioTail(simulated, levels)
  const [figures, simulatedFigures, factors] = [tailSlots(levels), tailSlots(levels), tailSlots(levels)]
  const alone = new Map<number, readonly TailSlot[]>()
  const result: BookTail = { kind: 'tail', levels: figures }
  const vector = new Float64Array(scenarios.instruments.length)
  let positions = 0
  let stale = true
  const compare = (index: number, value: number, out: readonly TailSlot[]): void => {
    base.read(index, value, figures)
    drawn.read(index, value, simulatedFigures)
    setRatios(simulatedFigures, figures, out)
  }
  const renew = (): void => {
    base.hold(vector)
    drawn.hold(vector)
    if (positions > 0) compare(0, 0, factors)
    stale = false
  }
  /** Of a first position nothing is known but itself: the factor of its instrument and side, whatever its size. */
  const factorsAlone = (index: number, value: number): readonly TailSlot[] => {
    const key = value < 0 ? -1 - index : index
    const known = alone.get(key)
    if (known) return known
    const made = tailSlots(levels)
    compare(index, Math.sign(value), made)
    alone.set(key, made)
    return made
  }
  return {
    kind: 'figures',
    hold(next) {
      if (next.every((value, index) => value === vector[index])) return
      vector.set(next)
      positions = vector.reduce((count, held) => (held === 0 ? count : count + 1), 0)
      stale = true
    },
    read(index, value) {
      if (positions === 0 ? value === 0 : positions === 1 && value !== 0 && vector[index] === -value) {
        setAll(figures, 0)
        return result
      }
      if (stale) renew()
      const raise = positions === 0 ? factorsAlone(index, value) : factors
      if (!base.read(index, value, figures)) {
        return unavailable('CONSTANT', 'losses that differ', figures[0]!.valueAtRisk)
      }
      multiply(figures, raise, multiplier)
      return areFinite(figures) ? result : unavailable('NOT_FINITE', 'figures within the range of doubles', value)
    },
  }
}

/** How far one set of figures exceeds another, at least 1; 1 where the other is no loss. */
function setRatios(figures: readonly TailSlot[], over: readonly TailSlot[], out: readonly TailSlot[]): void {
  for (let level = 0; level < out.length; level++) {
    const [a, b, ratio] = [figures[level]!, over[level]!, out[level]!]
    ratio.valueAtRisk = b.valueAtRisk > 0 ? Math.max(1, a.valueAtRisk / b.valueAtRisk) : 1
    ratio.expectedShortfall = b.expectedShortfall > 0 ? Math.max(1, a.expectedShortfall / b.expectedShortfall) : 1
  }
}

function multiply(figures: readonly TailSlot[], by: readonly TailSlot[], multiplier: number): void {
  for (let level = 0; level < figures.length; level++) {
    figures[level]!.valueAtRisk *= by[level]!.valueAtRisk * multiplier
    figures[level]!.expectedShortfall *= by[level]!.expectedShortfall * multiplier
  }
}

function setAll(figures: readonly TailSlot[], value: number): void {
  for (const figure of figures) {
    figure.valueAtRisk = value
    figure.expectedShortfall = value
  }
}

function areFinite(figures: readonly TailSlot[]): boolean {
  for (let level = 0; level < figures.length; level++) {
    const { valueAtRisk, expectedShortfall } = figures[level]!
    if (!Number.isFinite(valueAtRisk) || !Number.isFinite(expectedShortfall)) return false
  }
  return true
}
