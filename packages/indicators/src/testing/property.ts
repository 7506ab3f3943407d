import fc from 'fast-check'
import type { BarInput } from '../indicator.js'
import { barSeries } from './barSeries.js'
import { type ContractCheck, type ContractSubject, holds } from './contractSubject.js'
import { inputsUntilReady, walk } from './walk.js'

/** Bars in a random series: several windows of a small indicator. */
const seriesLength = 80

/** A law over random series. Its check returns how many values it compared; a law that compares nothing is broken. */
export function property<Input>(
  subject: ContractSubject,
  name: string,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => number,
): ContractCheck {
  const { runs = 50, seed = 1 } = subject
  return {
    name,
    run: () => {
      // A case that has to warm up first takes ten times as long.
      const numRuns = warmsUpFirst(subject) ? Math.ceil(runs / 10) : runs
      let compared = 0
      const each = fc.property(inputs, (input) => {
        compared += check(input)
      })
      fc.assert(each, { numRuns, seed })
      holds(compared > 0, 'no value was compared')
    },
  }
}

/** Random bars; after a walk, where an indicator has no value of so few. */
export function series(subject: ContractSubject, holes: 'none' | 'some'): fc.Arbitrary<readonly BarInput[]> {
  return afterWarmup(subject, barSeries({ lengthMax: seriesLength, holes }))
}

/** Bars of zeros, of the largest and smallest numbers, and of what is none. */
export function wildSeries(subject: ContractSubject): fc.Arbitrary<readonly BarInput[]> {
  const wild = fc.constantFrom(0, -0, 1, -1, 1e-300, -1e-300, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY)
  const bar = fc.record({ high: wild, low: wild, close: wild, volume: wild })
  return afterWarmup(subject, fc.array(bar, { maxLength: seriesLength / 2, size: 'max' }))
}

function afterWarmup(
  subject: ContractSubject,
  inputs: fc.Arbitrary<readonly BarInput[]>,
): fc.Arbitrary<readonly BarInput[]> {
  if (!warmsUpFirst(subject)) return inputs
  const first = walk(inputsUntilReady(subject))
  return inputs.map((bars) => [...first, ...bars])
}

function warmsUpFirst(subject: ContractSubject): boolean {
  return inputsUntilReady(subject) >= seriesLength / 2
}
