import { type Bar, defineInstrument, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { askAt, type Prediction, type StreamingModel } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { plantedBars } from '../testing/plantedBars.js'
import { barsOfReturns } from './barsOfReturns.rig.js'
import { simulateGarch } from './simulateGarch.rig.js'
import { type VolatilityMethod, type VolatilityOptions, volatility } from './volatility.js'

const planted = { mean: 0, omega: 2e-6, alpha: 0.1, gamma: 0, beta: 0.88 }

function said(options: VolatilityOptions, returns: Float64Array): Prediction[] {
  const model = volatility(options)
  return barsOfReturns(returns).map((bar) => {
    model.update(bar)
    return model.predict(askAt(bar.time))
  })
}

describe('volatility', () => {
  it('follows the variance of a planted process more closely than an average does', () => {
    const returns = simulateGarch(planted, 3_000, 'follow')
    let truth = planted.omega / (1 - 0.98)
    const truths = Array.from(returns, (r) => {
      truth = planted.omega + planted.alpha * r * r + planted.beta * truth
      return truth
    })
    const missOf = (method: VolatilityMethod): number =>
      said({ method }, returns).reduce((sum, answer, at) => {
        if (answer.kind === 'abstain' || at < 1_000) return sum
        return sum + Math.abs(Math.log(answer.risk!.variance! / truths[at]!))
      }, 0)
    expect(missOf('garch')).toBeLessThan(0.6 * missOf('ewma'))
  })

  it('takes no side and says where the variance stands', () => {
    const last = said({}, simulateGarch(planted, 1_200, 1)).at(-1)!
    if (last.kind === 'abstain') throw new Error(last.reason)
    expect(last.direction).toBe(0)
    expect(last.confidence).toBe(0)
    expect(last.risk!.variancePercentile).toBeGreaterThanOrEqual(0)
    expect(last.risk!.variancePercentile).toBeLessThanOrEqual(1)
    expect(last.reason).toMatch(/^volatility: [\d.]+ % a bar by GARCH, (calm|normal|stressed), percentile \d+$/)
  })

  it('calls a sudden storm stressed and the quiet after it calm', () => {
    const quiet = simulateGarch({ ...planted, alpha: 0, beta: 0 }, 900, 'quiet')
    const returns = quiet.map((r, at) => (at >= 400 && at < 420 ? 6 * r : at >= 600 ? r / 5 : r))
    const answers = said({ method: 'ewma' }, returns)
    const regimeAt = (at: number): string | undefined => {
      const answer = answers[at]!
      return answer.kind === 'forecast' ? answer.risk!.regime : undefined
    }
    expect(regimeAt(419)).toBe('stressed')
    expect(regimeAt(700)).toBe('calm')
  })

  it.each(['garch', 'gjr', 'har', 'ewma'] as const)('never says NaN by %s, whatever the returns', (method) => {
    const wild = {
      constant: new Float64Array(400),
      outlier: Float64Array.from({ length: 400 }, (_, at) => (at === 300 ? 0.5 : 0)),
      alternating: Float64Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? 0.01 : -0.01)),
      few: simulateGarch(planted, 65, 'few'),
      spike: simulateGarch(planted, 400, 'spike').map((r, at) => (at === 350 ? 1 : r)),
    }
    for (const [series, returns] of Object.entries(wild)) {
      for (const answer of said({ method, window: 100, refitEvery: 20 }, returns)) {
        if (answer.kind === 'abstain') continue
        const { variance, variancePercentile } = answer.risk!
        expect(variance, series).toBeGreaterThan(0)
        expect(variance, series).toBeLessThan(10)
        expect(variancePercentile, series).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('is silent on a price that does not move, and on one that is not above 0', () => {
    expect(said({}, new Float64Array(100)).at(-1)).toEqual({
      kind: 'abstain',
      code: 'no-edge',
      reason: 'volatility: the price does not move',
    })
    const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 100, seed: 1 })
    const model = volatility()
    for (const bar of bars) model.update(bar)
    const next = { ...bars[99]!, time: timestamp(bars[99]!.time + 3_600_000), low: -1, close: -1 }
    model.update(next)
    const reason = 'volatility: a price is not above 0'
    expect(model.predict(askAt(next.time))).toEqual({ kind: 'abstain', code: 'nan', reason })
  })

  it('says by what it forecasts while a fit is not to be had', () => {
    const answer = said({}, simulateGarch(planted, 100, 1)).at(-1)!
    expect(answer.reason).toContain('by EWMA')
  })

  it.each([
    [{ method: 'arima' as VolatilityMethod }, 'method "arima" of volatility is unknown.'],
    [{ method: 'implied' }, 'The method "implied" of volatility has no index to read.'],
    [{ lambda: 1 }, 'lambda "1" is not between 0 and 1.'],
    [{ window: 50 }, 'A window of "50" refitted every "250" bars is out of range.'],
    [{ method: 'implied', implied: { instrument: 'VIX' }, window: -1 }, 'A window of "-1" implied variances is'],
    [{ refitEvery: 0 }, 'A window of "1000" refitted every "0" bars is out of range.'],
    [{ rankWindow: 1 }, 'A distribution of "1" values is out of range.'],
    [{ implied: { instrument: 'VIX', periodsPerYear: 0 } }, 'periodsPerYear "0" is not above 0.'],
  ] satisfies [VolatilityOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => volatility(options)).toThrow(message)
  })

  describe('reads an index of implied volatility', () => {
    const { id: index } = defineInstrument({ id: 'INDEX.sim', tick: '0.01', lot: '1' })
    const returns = simulateGarch(planted, 420, 5)
    const bars = barsOfReturns(returns)
    const events = bars.flatMap((bar, at) => {
      const close = 15 + 5 * Math.abs(returns[at]!) * 100
      return [{ ...bar, instrument: index, open: close, high: close, low: close, close }, bar]
    })
    const implied = { instrument: index }
    const play = (model: StreamingModel, from: readonly Bar[]): Prediction | undefined => {
      let answer: Prediction | undefined
      for (const bar of from) {
        model.update(bar)
        answer = model.predict(askAt(bar.time))
      }
      return answer
    }

    it('and says so', () => {
      const answer = play(volatility({ method: 'implied', implied }), events)!
      expect(answer.reason).toContain('by implied')
    })

    it('without which it is silent, and with an old level too', () => {
      const model = volatility({ method: 'implied', implied })
      const reason = 'volatility: too few levels of implied volatility'
      expect(play(model, bars)).toEqual({ kind: 'abstain', code: 'cold', reason })
      const other = volatility({ method: 'implied', implied })
      play(other, events.slice(0, 400))
      expect(play(other, bars.slice(200, 207))).toMatchObject({ kind: 'abstain', code: 'expired' })
    })

    it('whose level counts for the regime of other methods while it is fresh, and not after five bars', () => {
      const riskOf = (model: StreamingModel, from: readonly Bar[]) => {
        const answer = play(model, from)!
        if (answer.kind === 'abstain') throw new Error(answer.reason)
        return answer.risk!
      }
      // An index that rises with every bar is always at the top of its past.
      const rising = bars.map((bar, at) => ({ ...bar, instrument: index, low: 10 + at, high: 10 + at, close: 10 + at }))
      const [own, told] = [volatility({ method: 'ewma' }), volatility({ method: 'ewma', implied })]
      const heard = bars.slice(0, 300).flatMap((bar, at) => [rising[at]!, bar])
      expect(riskOf(told, heard).regime).toBe('stressed')
      expect(riskOf(own, bars.slice(0, 300)).regime).not.toBe('stressed')
      expect(riskOf(told, bars.slice(300, 305)).regime).toBe('stressed')
      riskOf(own, bars.slice(300, 305))
      for (const bar of bars.slice(305, 320)) expect(riskOf(told, [bar])).toEqual(riskOf(own, [bar]))
    })

    it('in whichever order both come, and pairs a return with the level before it', () => {
      const turned = bars.flatMap((bar, at) => [bar, events[2 * at]!])
      const [a, b] = [volatility({ method: 'implied', implied }), volatility({ method: 'implied', implied })]
      play(a, events)
      play(b, turned)
      const ask = askAt(bars.at(-1)!.time)
      const variance = (model: StreamingModel): number => {
        const answer = model.predict(ask)
        return answer.kind === 'forecast' ? answer.risk!.variance! : Number.NaN
      }
      // The index came after the last bar, so only the level at hand differs: that of one bar ago.
      const ratio = variance(a) / variance(b)
      const levels = events.filter((bar) => bar.instrument === index).map(({ close }) => close * close)
      expect(ratio).toBeCloseTo(levels.at(-1)! / levels.at(-2)!, 9)
    })

    const steps = events.map((event) => ({ event, row: askAt(event.time) }))
    for (const check of modelContract({ create: () => volatility({ method: 'implied', implied }), steps })) {
      it(`and ${check.name}`, () => check.run())
    }
  })

  describe.each(['garch', 'gjr', 'har', 'ewma'] as const)('keeps the model contract by %s', (method) => {
    const steps = barsOfReturns(simulateGarch(planted, 420, 3)).map((bar) => ({ event: bar, row: askAt(bar.time) }))
    const create = () => volatility({ method, window: 100, refitEvery: 60 })
    for (const check of modelContract({ create, steps })) it(check.name, () => check.run())
  })
})
