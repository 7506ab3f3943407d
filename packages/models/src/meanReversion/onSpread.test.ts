import { type Bar, defineInstrument, exp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { askAt } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { meanReversion } from './meanReversion.js'
import { type OnSpreadOptions, onSpread } from './onSpread.js'

const { id: a } = defineInstrument({ id: 'A.sim', tick: '0.01', lot: '1' })
const { id: b } = defineInstrument({ id: 'B.sim', tick: '0.01', lot: '1' })
const { id: c } = defineInstrument({ id: 'C.sim', tick: '0.01', lot: '1' })
const options: OnSpreadOptions = { long: a, short: b, hedgeRatio: 2 }

/** A random walk `b`, and `a = b² e^spread` with a spread that returns to 0; bars of both in turn. */
function pair(length: number, seed: number): { readonly events: Bar[]; readonly spreads: readonly number[] } {
  const walk = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length, seed: `walk ${seed}` })
  const gap = plantedBars({ plant: { kind: 'meanReverting', halfLife: 5, sigma: 100 }, length, seed })
  const spreads = gap.map((bar) => (bar.close - 10_000) / 1e5)
  const at = (bar: Bar, instrument: Bar['instrument'], close: number): Bar => ({
    ...bar,
    instrument,
    open: close,
    high: close,
    low: close,
    close,
  })
  const events = walk.flatMap((bar, row) => {
    const price = bar.close / 100
    return [at(bar, b, price), at(bar, a, price * price * exp(spreads[row]!))]
  })
  return { events, spreads }
}

describe('onSpread', () => {
  it('finds the way back of a spread whose legs are random walks', () => {
    const { events, spreads } = pair(3_000, 1)
    const model = onSpread(() => meanReversion(), options)
    let [spoken, toMean] = [0, 0]
    for (const [at, bar] of events.entries()) {
      model.update(bar)
      const answer = model.predict(askAt(bar.time))
      if (answer.kind === 'abstain') continue
      spoken++
      if (answer.direction * spreads[Math.floor(at / 2)]! < 0) toMean++
    }
    expect(spoken).toBeGreaterThan(200)
    expect(toMean / spoken).toBeGreaterThan(0.9)
  })

  it('does not mind which leg comes first, nor bars without a partner or of others', () => {
    const { events } = pair(400, 2)
    const [model, other] = [onSpread(() => meanReversion(), options), onSpread(() => meanReversion(), options)]
    for (let at = 0; at < events.length; at += 2) {
      const [first, second] = [events[at]!, events[at + 1]!]
      for (const bar of [first, second]) model.update(bar)
      for (const bar of [second, { ...first, instrument: c }, first]) other.update(bar)
      expect(other.predict(askAt(first.time))).toEqual(model.predict(askAt(first.time)))
    }
  })

  it('abstains after a price that is not above 0, and heals', () => {
    const { events } = pair(400, 3)
    const model = onSpread(() => meanReversion(), options)
    for (const bar of events.slice(0, 600)) model.update(bar)
    const [bad, partner] = [{ ...events[600]!, close: -1 }, events[601]!]
    model.update(bad)
    model.update(partner)
    const reason = 'spread: a leg has a price that is not above 0'
    expect(model.predict(askAt(partner.time))).toEqual({ kind: 'abstain', code: 'nan', reason })
    for (const bar of events.slice(602)) model.update(bar)
    expect(model.predict(askAt(events.at(-1)!.time)).reason).not.toBe(reason)
  })

  it.each([
    [{ long: a, short: a }, 'A spread of "A.sim" and "A.sim" is none.'],
    [{ long: a, short: b, hedgeRatio: 0 }, 'hedgeRatio "0" of onSpread is out of range.'],
  ] satisfies [OnSpreadOptions, string][])('refuses the options %o', (bad, message) => {
    expect(() => onSpread(() => meanReversion(), bad)).toThrow(message)
  })

  describe('keeps the model contract', () => {
    const steps = pair(700, 1).events.map((event) => ({ event, row: askAt(event.time) }))
    const create = () => onSpread(() => meanReversion(), options)
    for (const check of modelContract({ create, steps })) it(check.name, () => check.run())
  })
})
