import fc from 'fast-check'
import { expect, it } from 'vitest'
import { garchForecaster } from './garchForecaster.js'

const make = () => garchForecaster({ kind: 'gjr', window: 100, refitEvery: 50, lambda: 0.94 })
const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

it('keeps its parameters to the last bit, however often it is restored', () => {
  const reaction = fc.integer({ min: 1, max: 2 ** 30 }).map((value) => value / 2 ** 31)
  fc.assert(
    fc.property(reaction, reaction, reaction, (up, down, beta) => {
      const kept = make()
      const [, ...rest] = kept.parts()
      const vector = Float64Array.of(1e-4, 1e-6, up / 10, down / 3, beta / 7)
      kept.restoreParts([vector, ...rest])
      expect(kept.parts()[0]).toEqual(vector)
      const copy = make()
      copy.restoreParts(kept.parts())
      expect(copy.parts()).toEqual(kept.parts())
    }),
    { numRuns },
  )
})

it('lends no state: a part that is changed changes nothing', () => {
  const forecaster = make()
  const [, ...rest] = forecaster.parts()
  const vector = Float64Array.of(0, 1e-6, 0.05, 0.1, 0.85)
  forecaster.restoreParts([vector, ...rest])
  vector.fill(9)
  forecaster.parts()[0]!.fill(9)
  expect(forecaster.parts()[0]).toEqual(Float64Array.of(0, 1e-6, 0.05, 0.1, 0.85))
})
