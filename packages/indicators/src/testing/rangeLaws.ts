import type { BarInput } from '../indicator.js'
import { advance, type ContractCheck, type ContractSubject, createSubject, holds } from './contractSubject.js'
import { property, series } from './property.js'
import { sound } from './sound.js'
import { unitsOf } from './unitsOf.js'

/** The laws of what values may be: finite once they are there, and within their bounds. */
export function rangeLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    { name: 'declares the bounds of what is bounded', run: () => checkBounds(subject) },
    property(
      subject,
      'has finite values within its bounds on every finite bar once it is ready',
      series(subject, 'none'),
      (bars) => checkRange(subject, bars),
    ),
  ]
}

function checkBounds({ definition }: ContractSubject): void {
  for (const output of definition.outputs) {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = definition.bounds?.[output] ?? {}
    holds(min < max, `the bounds of ${output} are "${min}" and "${max}"`)
    const isBounded = unitsOf(definition, output) === 'bounded'
    holds(!isBounded || Number.isFinite(max - min), `output ${output} is bounded and has no bounds`)
  }
}

function checkRange(subject: ContractSubject, bars: readonly BarInput[]): number {
  const stream = createSubject(subject)
  let compared = 0
  for (const [index, bar] of bars.entries()) {
    const values = advance(subject, stream, bar)
    if (!stream.isReady) continue
    sound(subject.definition, values, `at bar ${index}`)
    compared++
  }
  return compared
}
