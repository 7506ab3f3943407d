import { type Bar, createRandom, type Timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isotonic } from '../calibrate/isotonic.js'
import { meanReversion } from '../meanReversion/meanReversion.js'
import { abstention, askAt, type Forecast, type Prediction, type StreamingModel } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { trendFollowing } from '../trendFollowing/trendFollowing.js'
import { type MetaLearnerOptions, metaLearner } from './metaLearner.js'

const hour = 3_600_000
const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 1_200, seed: 3, start: 50_000 })
const silent = abstention('script', 'no-edge', 'nothing to gain')

/** Says at each bar, by its number from 0, what a script says. */
function scripted(script: (index: number) => Prediction, id = 'scripted'): StreamingModel {
  let count = 0
  return {
    id,
    horizon: hour,
    warmup: 1,
    schema: '',
    update: () => {
      count++
    },
    predict: () => script(count - 1),
    clone: () => scripted(script, id),
    snapshot: () => Float64Array.of(count),
    restore: (state) => {
      count = state[0]!
    },
  }
}

const says = (direction: number, confidence: number, more: Partial<Forecast> = {}): Forecast => ({
  kind: 'forecast',
  direction,
  confidence,
  horizon: hour,
  reason: `says ${direction}`,
  ...more,
})

/** Knows the side of the move over the next bars, and is right with a probability. */
function informed(right: number, seed: number, { confidence = 0.6, ahead = 1 } = {}): StreamingModel {
  const random = createRandom(seed).stream('informed')
  const script = bars.map((bar, index) => {
    const later = bars[Math.min(index + ahead, bars.length - 1)]!
    const side = later.close >= bar.close ? 1 : -1
    return says(random.uniform() < right ? side : -side, confidence, { horizon: ahead * hour })
  })
  return scripted((index) => script[index] ?? silent)
}

function ensembleOf(models: Readonly<Record<string, StreamingModel>>, options: Partial<MetaLearnerOptions> = {}) {
  return metaLearner({ experts: Object.entries(models).map(([name, model]) => ({ name, model })), ...options })
}

function play(ensemble: ReturnType<typeof metaLearner>, count = bars.length - 1) {
  return bars.slice(0, count).map((bar) => {
    ensemble.update(bar)
    return ensemble.view()
  })
}

describe('metaLearner', () => {
  it('weighs a better model more, and one that is worse than a coin less than the control', () => {
    const last = play(ensembleOf({ good: informed(0.8, 1), poor: informed(0.35, 2) })).at(-1)!
    const [good, poor] = last.experts
    expect(good!.weight).toBeGreaterThan(0.55)
    expect(poor!.learned).toBeLessThan(0.1)
    expect(last.control.weight).toBeGreaterThan(poor!.weight)
    expect(good!.meanLoss).toBeLessThan(last.control.loss)
    expect(good!.trust).toBeGreaterThan(0.5)
    expect(poor!.trust).toBe(0)
  })

  it('stops believing a model that speaks alone and is wrong', () => {
    const views = play(ensembleOf({ alone: informed(0.4, 3, { confidence: 0.8 }) }))
    expect(views[0]!.control.weight).toBe(0.5)
    expect(views.at(-1)!.control.weight).toBeGreaterThan(0.5)
    expect(Math.abs(views.at(-1)!.experts[0]!.contribution)).toBeLessThan(0.01)
  })

  it('believes bold claims by what came of them', () => {
    const [bold, honest] = play(
      ensembleOf({ bold: informed(0.6, 1, { confidence: 0.9 }), honest: informed(0.6, 2, { confidence: 0.2 }) }),
    ).at(-1)!.experts
    expect(bold!.trust).toBeGreaterThan(0.1)
    expect(bold!.trust).toBeLessThan(0.4)
    expect(honest!.trust).toBeGreaterThan(0.6)
  })

  it('changes sides when another model becomes the better one', () => {
    const [first, second] = [informed(0.85, 1), informed(0.2, 2)]
    const [third, fourth] = [informed(0.2, 3), informed(0.85, 4)]
    const join = (early: StreamingModel, late: StreamingModel): StreamingModel => {
      let count = 0
      return {
        ...early,
        update(event) {
          count++
          early.update(event)
          late.update(event)
        },
        predict: (row) => (count < 600 ? early : late).predict(row),
      }
    }
    const views = play(ensembleOf({ a: join(first, third), b: join(second, fourth) }))
    expect(views[599]!.experts[0]!.weight).toBeGreaterThan(views[599]!.experts[1]!.weight)
    expect(views.at(-1)!.experts[1]!.weight).toBeGreaterThan(views.at(-1)!.experts[0]!.weight)
  })

  it('learns from a forecast at the first close at or after its horizon, and never earlier', () => {
    for (const ahead of [1, 3, 7]) {
      const speaker = scripted((index) => (index === 10 ? says(1, 0.5, { horizon: ahead * hour }) : silent))
      const views = play(ensembleOf({ speaker }), 30)
      const moved = views.findIndex(({ experts }) => experts[0]!.learned !== 0.5)
      expect(moved).toBe(10 + ahead)
      const right = bars[10 + ahead]!.close > bars[10]!.close
      expect(views[moved]!.experts[0]!.learned > 0.5).toBe(right)
    }
  })

  it('sees weights change one bar later, and never earlier, where horizons are a bar longer', () => {
    const weightsFor = (horizon: number): number[] => {
      const script = (sign: number) => (index: number) => says(index % 7 < 4 ? sign : -sign, 0.5, { horizon })
      return play(ensembleOf({ a: scripted(script(1)), b: scripted(script(-1)) }), 60).map(
        ({ experts }) => experts[0]!.learned,
      )
    }
    const firstChange = (weights: readonly number[]): number => weights.findIndex((weight) => weight !== weights[0])
    expect(firstChange(weightsFor(4 * hour))).toBe(4)
    expect(firstChange(weightsFor(4 * hour + 1))).toBe(5)
    expect(firstChange(weightsFor(5 * hour))).toBe(5)
  })

  it('waits over a gap for the first close after it', () => {
    const speaker = scripted((index) => (index === 0 ? says(1, 0.5, { horizon: 2 * hour }) : silent))
    const ensemble = ensembleOf({ speaker })
    const gapped = [bars[0]!, bars[1]!, { ...bars[9]!, close: bars[0]!.high + 1, high: bars[0]!.high + 1 }]
    const weights = gapped.map((bar) => {
      ensemble.update(bar)
      return ensemble.view().experts[0]!.learned
    })
    expect(weights[1]).toBe(0.5)
    expect(weights[2]).toBeGreaterThan(0.5)
  })

  it('freezes the learned weight of a model that sleeps, and gives its weight to the others', () => {
    const sleeper = informed(0.8, 1)
    const nap = {
      ...sleeper,
      predict: (row: Parameters<StreamingModel['predict']>[0]) => (awake ? sleeper.predict(row) : silent),
    }
    let awake = true
    const ensemble = ensembleOf({ nap, steady: informed(0.7, 2) })
    play(ensemble, 400)
    awake = false
    ensemble.update(bars[400]!)
    ensemble.update(bars[401]!)
    const before = ensemble.view().experts[0]!
    for (const bar of bars.slice(402, 500)) ensemble.update(bar)
    const after = ensemble.view().experts[0]!
    expect(after).toMatchObject({ role: 'abstains', weight: 0, contribution: 0, learned: before.learned })
    expect(ensemble.view().experts[1]!.weight).toBeGreaterThan(0.5)
  })

  it('gives two clones together about what one would get', () => {
    const alone = play(
      ensembleOf({ a: informed(0.65, 1, { confidence: 0.3 }), b: informed(0.65, 2, { confidence: 0.3 }) }),
    ).slice(300)
    const cloned = play(
      ensembleOf({
        a: informed(0.65, 1, { confidence: 0.3 }),
        copy: informed(0.65, 1, { confidence: 0.3 }),
        b: informed(0.65, 2, { confidence: 0.3 }),
      }),
    ).slice(300)
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length
    const single = mean(alone.map(({ experts }) => experts[0]!.weight))
    const pair = mean(cloned.map(({ experts }) => experts[0]!.weight + experts[1]!.weight))
    expect(Math.abs(pair - single)).toBeLessThan(0.08)
    expect(mean(cloned.map(({ effectiveNumber }) => effectiveNumber))).toBeLessThan(2.3)
  })

  it('would give clones more without spreading', () => {
    const at = (spread: number) => {
      const models = {
        a: informed(0.65, 1, { confidence: 0.3 }),
        copy: informed(0.65, 1, { confidence: 0.3 }),
        b: informed(0.65, 2, { confidence: 0.3 }),
      }
      const { experts } = play(ensembleOf(models, { spread }), 500).at(-1)!
      return experts[0]!.weight + experts[1]!.weight
    }
    expect(at(0)).toBeGreaterThan(at(0.3) + 0.05)
  })

  it('judges a shadow like the others, and gives it no weight', () => {
    const experts = [
      { name: 'live', model: informed(0.55, 1) },
      { name: 'shadow', model: informed(0.9, 2), stage: 'shadow' as const },
    ]
    const last = play(metaLearner({ experts })).at(-1)!
    expect(last.experts[1]).toMatchObject({ role: 'shadow', weight: 0, contribution: 0 })
    expect(last.experts[1]!.learned).toBeGreaterThan(last.experts[0]!.learned)
  })

  it('lowers confidence for toxic flow, high variance and disagreement, and passes the risk on', () => {
    const calm = { up: scripted(() => says(1, 0.5)) }
    const confidenceOf = (models: Readonly<Record<string, StreamingModel>>): Prediction => {
      const ensemble = ensembleOf(models, { bounds: { floor: 0.01, cap: 0.99 } })
      ensemble.update(bars[0]!)
      return ensemble.predict(askAt(bars[0]!.time))
    }
    const base = confidenceOf(calm) as Forecast
    const risky = scripted(() => says(0, 0, { risk: { toxicity: 1, variancePercentile: 0.75 } }))
    const warned = confidenceOf({ ...calm, vpin: risky }) as Forecast
    expect(warned.confidence).toBeCloseTo(base.confidence * 0.5 * 0.75, 12)
    expect(warned.risk).toEqual({ toxicity: 1, variancePercentile: 0.75 })
    const torn = confidenceOf({ ...calm, down: scripted(() => says(-1, 0.3)) }) as Forecast
    expect(torn.confidence).toBeLessThan(base.confidence / 3)
  })

  it('names the three largest contributions', () => {
    const models = Object.fromEntries(
      [0.1, 0.5, 0.2, 0.4].map((confidence, index) => [`m${index}`, scripted(() => says(1, confidence))]),
    )
    const ensemble = ensembleOf({ ...models, down: scripted(() => says(-1, 0.9)) })
    ensemble.update(bars[0]!)
    expect(ensemble.predict(askAt(bars[0]!.time)).reason).toBe(
      'ensemble: down -0.491 at weight 0.17, m1 +0.183 at weight 0.17, m3 +0.141 at weight 0.17',
    )
  })

  it('publishes weights that sum to 1 and are 0 for who has none, whoever speaks', () => {
    const roles = fc.constantFrom('speaks', 'sleeps', 'risk')
    const rows = fc.array(fc.tuple(roles, roles, roles), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(rows, (script) => {
        const said = { speaks: says(0.5, 0.3), sleeps: silent, risk: says(0, 0, { risk: { toxicity: 0.2 } }) }
        const models = [0, 1, 2].map(
          (place) => [`m${place}`, scripted((index) => said[script[index]![place]!])] as const,
        )
        const ensemble = ensembleOf(Object.fromEntries(models))
        for (const [index] of script.entries()) {
          ensemble.update(bars[index]!)
          const { experts, control } = ensemble.view()
          expect(experts.reduce((sum, { weight }) => sum + weight, control.weight)).toBeCloseTo(1, 12)
          for (const { role, weight } of experts) expect(weight > 0).toBe(role === 'speaks')
        }
      }),
    )
  })

  it('takes a forecast with a figure that is none for silence', () => {
    const faults = [
      says(Number.NaN, 0.5),
      says(1, Number.NaN),
      says(2, 0.5),
      says(1, 1.5),
      says(1, 0.5, { horizon: 0 }),
    ]
    for (const fault of [...faults, says(1, 0.5, { horizon: Number.POSITIVE_INFINITY })]) {
      const alone = ensembleOf({ bad: scripted(() => fault) })
      alone.update(bars[0]!)
      expect(alone.predict(askAt(bars[0]!.time)).kind).toBe('abstain')
      expect(alone.view()).toMatchObject({ waiting: 0, experts: [{ role: 'abstains', weight: 0 }] })
    }
    const risk = { toxicity: Number.NaN, variancePercentile: 0.9 }
    const both = ensembleOf({ good: scripted(() => says(1, 0.5)), bad: scripted(() => says(0, 0, { risk })) })
    both.update(bars[0]!)
    expect(both.predict(askAt(bars[0]!.time))).toMatchObject({ direction: 1, risk: { variancePercentile: 0.9 } })
  })

  it('has the longest horizon that is known', () => {
    const ensemble = ensembleOf({ trend: trendFollowing(), reversion: meanReversion() })
    expect(ensemble.horizon).toBe(Number.POSITIVE_INFINITY)
    for (const bar of bars.slice(0, 50)) ensemble.update(bar)
    expect(ensemble.horizon).toBe(20 * hour)
  })

  it('says why it is silent', () => {
    const ensemble = ensembleOf({ a: scripted(() => silent) })
    ensemble.update(bars[0]!)
    const reason = 'ensemble: nobody takes a side; script: nothing to gain'
    expect(ensemble.predict(askAt(bars[0]!.time))).toEqual({ kind: 'abstain', code: 'no-edge', reason })
    const risk = ensembleOf({ a: scripted(() => says(0, 0, { risk: {} })) })
    risk.update(bars[0]!)
    expect(risk.predict(askAt(bars[0]!.time)).reason).toBe('ensemble: nobody takes a side; risk: only risk is known')
  })

  it('calibrates the pooled probability, and takes no side where that turns it around', () => {
    const ask = (calibration: ReturnType<typeof isotonic>): Forecast => {
      const ensemble = ensembleOf({ up: scripted(() => says(1, 0.5)) }, { calibration })
      ensemble.update(bars[0]!)
      return ensemble.predict(askAt(bars[0]!.time)) as Forecast
    }
    const half = isotonic(Float64Array.of(0, 1), Float64Array.of(0.25, 0.75))
    expect(ask(half).confidence).toBeCloseTo((2 * 0.6339745962155614 - 1) / 2, 9)
    expect(ask(half).direction).toBe(1)
    expect(ask(isotonic(Float64Array.of(0, 1), Float64Array.of(0, 0.4))).direction).toBe(0)
  })

  it('asks again after a trade, which may have taught an expert something', () => {
    const ensemble = ensembleOf({ a: scripted((index) => says(index % 2 === 0 ? 1 : -1, 0.5)) })
    ensemble.update(bars[0]!)
    const before = ensemble.predict(askAt(bars[0]!.time)) as Forecast
    ensemble.update({ kind: 'trade', time: bars[0]!.time } as never)
    expect((ensemble.predict(askAt(bars[0]!.time)) as Forecast).direction).toBe(-before.direction)
  })

  it('learns with AdaHedge and with returns too', () => {
    for (const options of [
      { weigher: { kind: 'adaHedge' } },
      { loss: { kind: 'return', cost: 0, scale: 0.0002 } },
    ] satisfies Partial<MetaLearnerOptions>[]) {
      const { experts } = play(ensembleOf({ good: informed(0.8, 1), poor: informed(0.3, 2) }, options)).at(-1)!
      expect(experts[0]!.learned).toBeGreaterThan(0.8)
      if (options.loss) expect(experts.map(({ trust }) => trust)).toEqual([1, 1])
    }
  })

  it('stays as it is if the snapshot of one expert is refused', () => {
    const ensemble = ensembleOf({ trend: trendFollowing(), reversion: meanReversion() })
    for (const bar of bars.slice(0, 300)) ensemble.update(bar)
    const spoilt = ensemble.snapshot()
    for (const bar of bars.slice(300, 400)) ensemble.update(bar)
    const state = ensemble.snapshot()
    spoilt[state.length - meanReversion().snapshot().length] = 7
    expect(() => ensemble.restore(spoilt)).toThrow(expect.objectContaining({ code: 'BAD_SNAPSHOT' }))
    expect(() => ensemble.restore(state.slice(0, -1))).toThrow(expect.objectContaining({ code: 'BAD_SNAPSHOT' }))
    expect([...ensemble.snapshot()]).toEqual([...state])
  })

  it.each([
    [{ experts: [] }, 'experts "0" of metaLearner is out of range.'],
    [{ experts: ['a', 'a'] }, 'experts "a, a" of metaLearner is out of range.'],
    [{ experts: [''] }, 'experts "" of metaLearner is out of range.'],
    [{ bounds: { floor: 0.6, cap: 0.5 } }, 'bounds "0.6 to 0.5" of metaLearner is out of range.'],
    [{ spread: 0.31 }, 'spread "0.31" of metaLearner is out of range.'],
    [
      { caution: { disagreement: 2, toxicity: 0, variance: 0 } },
      'caution.disagreement "2" of metaLearner is out of range.',
    ],
    [{ weigher: { kind: 'zzz' } }, 'weigher "zzz" of metaLearner is out of range.'],
    [{ loss: { kind: 'zzz' } }, 'loss "zzz" of metaLearner is out of range.'],
    [{ weigher: { kind: 'fixedShare', share: 2, rate: 1 } }, 'share "2" of fixedShare is out of range.'],
  ])('refuses %o', (change, message) => {
    const { experts = ['a'], ...rest } = change as { experts?: string[] }
    const named = experts.map((name) => ({ name, model: trendFollowing() }))
    const run = () => metaLearner({ experts: named, ...rest })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })

  describe('keeps the model contract', () => {
    const steps = plantedBars({ plant: { kind: 'walk', drift: 0.8, sigma: 10 }, length: 700, seed: 1 }).map(
      (bar: Bar) => ({
        event: bar,
        row: askAt(bar.time as Timestamp),
      }),
    )
    const create = () => ensembleOf({ trend: trendFollowing(), reversion: meanReversion() })
    for (const check of modelContract({ create, steps })) it(check.name, () => check.run())
  })
})
