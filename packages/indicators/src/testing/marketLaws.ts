import type { BarInput } from '../indicator.js'
import {
  advance,
  type ContractCheck,
  type ContractDefinition,
  type ContractSubject,
  createSubject,
  holds,
  streamRows,
} from './contractSubject.js'
import { near } from './near.js'
import { sound } from './sound.js'
import { priceShiftOf, unitsOf } from './unitsOf.js'
import { inputsUntilReady, still, walk } from './walk.js'

/** Bars in which a parabolic stop, which draws nearer by a fiftieth of what is left, has come to rest. */
const trailing = 1000

const prices = ['high', 'low', 'close'] as const

/** The laws of unusual markets: flat, after a jump, without volume, at tiny and huge prices, moved as a whole. */
export function marketLaws(subject: ContractSubject): readonly ContractCheck[] {
  const { definition } = subject
  const readsPrices = prices.some((field) => definition.inputs.includes(field))
  const shifted = definition.outputs.filter((output) => priceShiftOf(definition, output) !== 'changes')
  return [
    { name: 'rests on a flat series, and again after a jump', run: () => checkRest(subject) },
    ...(readsPrices ? [{ name: 'means the same at prices of 1e-8 and of 1e9', run: () => checkSizes(subject) }] : []),
    ...(readsPrices && shifted.length > 0
      ? [{ name: 'answers to an amount added to all prices as it declares', run: () => checkShift(subject, shifted) }]
      : []),
    ...(definition.inputs.includes('volume')
      ? [{ name: noVolumeName(definition), run: () => checkNoVolume(subject) }]
      : []),
  ]
}

function noVolumeName({ exceptions }: ContractDefinition): string {
  const reason = exceptions?.zeroVolume
  return reason === undefined ? 'has values where no volume was traded' : `has no value without volume: ${reason}`
}

function checkRest(subject: ContractSubject): void {
  const { definition } = subject
  const stream = createSubject(subject)
  const length = inputsUntilReady(subject) + 2 * stream.stableAfter + trailing
  for (const level of [7.3, 12.1, 0.9]) {
    let before: number[] = []
    let last: number[] = []
    for (const bar of still(level, length)) {
      before = last
      last = advance(subject, stream, bar)
      if (stream.isReady) sound(definition, last, `on a flat series at "${level}"`)
    }
    holds(stream.isReady, `not ready after "${length}" bars that do not move`)
    for (const [at, output] of definition.outputs.entries()) {
      const where = `output ${output} at rest at "${level}"`
      near([last[at]!, before[at]!], { scale: level, tolerance: 1e-6 }, where)
      if (unitsOf(definition, output) !== 'price') continue
      const expected = priceShiftOf(definition, output) === 'moves' ? level : 0
      near([last[at]!, expected], { scale: level, tolerance: 1e-4 }, where)
    }
  }
}

function checkNoVolume(subject: ContractSubject): void {
  const { definition } = subject
  const length = inputsUntilReady(subject)
  const bars = walk(2 * length).map((bar, index) => (index < length ? { ...bar, volume: 0 } : bar))
  const stream = createSubject(subject)
  for (const bar of bars.slice(0, length)) advance(subject, stream, bar)
  if (definition.exceptions?.zeroVolume === undefined) {
    sound(definition, advance(subject, stream.clone(), bars[length - 1]!), 'without volume')
  } else holds(!stream.isReady && Number.isNaN(stream.value), 'it has a value without volume, and says it has none')
  for (const bar of bars.slice(length)) advance(subject, stream, bar)
  sound(
    definition,
    definition.outputs.map((output) => stream.output(output)),
    'once volume was traded again',
  )
}

/** Rows of a subject over a changed series, from the first bar on by which both have their values. */
function settledRows(subject: ContractSubject, change: (bar: BarInput) => BarInput): number[][] {
  const length = inputsUntilReady(subject)
  return streamRows(subject, walk(length + 40).map(change)).slice(length)
}

function checkSizes(subject: ContractSubject): void {
  const { definition } = subject
  const expected = settledRows(subject, (bar) => bar)
  for (const factor of [1e-10, 1e7]) {
    const times = ({ high, low, close, volume }: BarInput): BarInput => ({
      high: high * factor,
      low: low * factor,
      close: close * factor,
      volume,
    })
    for (const [index, values] of settledRows(subject, times).entries()) {
      sound(definition, values, `with prices times "${factor}"`)
      for (const [at, output] of definition.outputs.entries()) {
        const units = unitsOf(definition, output)
        if (units === 'ratio') continue
        const value = units === 'price' ? values[at]! / factor : values[at]!
        near([value, expected[index]![at]!], { scale: 1, tolerance: 1e-9 }, `output ${output} times "${factor}"`)
      }
    }
  }
}

function checkShift(subject: ContractSubject, shifted: readonly string[]): void {
  const { definition } = subject
  const expected = settledRows(subject, (bar) => bar)
  for (const amount of [-50, 400]) {
    const plus = ({ high, low, close, volume }: BarInput): BarInput => ({
      high: high + amount,
      low: low + amount,
      close: close + amount,
      volume,
    })
    for (const [index, values] of settledRows(subject, plus).entries()) {
      for (const output of shifted) {
        const at = definition.outputs.indexOf(output)
        const moved = priceShiftOf(definition, output) === 'moves' ? amount : 0
        const where = `output ${output} with prices plus "${amount}"`
        near([values[at]!, expected[index]![at]! + moved], { scale: 1, tolerance: 1e-9 }, where)
      }
    }
  }
}
