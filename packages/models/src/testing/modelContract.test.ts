import { type Bar, ConfigError, type MarketEvent } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { abstention, askAt, type FeatureRow, type Model, type Prediction } from '../model.js'
import { type ModelStep, modelContract } from './modelContract.js'

const cold = abstention('step', 'cold', 'too few bars')
const notNumber = abstention('step', 'nan', 'no number')
const forecast = (direction: number, rest: object = {}): Prediction => ({
  kind: 'forecast',
  direction: Math.max(-1, Math.min(1, direction)),
  confidence: 0.5,
  horizon: 1_000,
  reason: 'step: last change',
  ...rest,
})

/** A correct model: it forecasts the last change of the close. */
function lastChange(overrides: Partial<Model> = {}, start: readonly number[] = [Number.NaN, Number.NaN, 0]): Model {
  const state = Float64Array.from(start)
  return {
    id: 'lastChange',
    horizon: 1_000,
    warmup: 2,
    schema: '',
    update(event) {
      if (event.kind !== 'bar') return
      state[0] = state[1]!
      state[1] = event.close
      state[2]!++
    },
    predict: () =>
      state[2]! < 2 ? cold : Number.isNaN(state[1]! - state[0]!) ? notNumber : forecast(state[1]! - state[0]!),
    clone: () => lastChange(overrides, Array.from(state)),
    snapshot: () => Float64Array.of(7, ...state),
    restore(from) {
      if (from.length !== 4 || from[0] !== 7) throw new ConfigError('Not a state.', { code: 'BAD_SNAPSHOT' })
      state.set(from.subarray(1))
    },
    ...overrides,
  }
}

/** A correct model that reads features. */
const reader: Model = {
  ...lastChange({ clone: () => reader }),
  warmup: 1,
  schema: 'one',
  predict: ({ schema, values }) =>
    schema !== 'one'
      ? abstention('step', 'schema', 'foreign')
      : Number.isNaN(values[0]!)
        ? notNumber
        : forecast(values[0]!),
}

const closes = Array.from({ length: 200 }, (_, index) => 100 + ((index * 7) % 11) / 10)
const steps: ModelStep[] = closes.map((close, index) => {
  const event = { kind: 'bar', instrument: 'A.sim', time: index * 1_000, high: close, low: close, close } as Bar
  return { event, row: askAt(event.time) }
})
const rows: ModelStep[] = closes.map((close, index) => {
  const row = { time: index * 1_000, schema: 'one', values: Float64Array.of(close - 100.5) } as unknown as FeatureRow
  return { row }
})

const failures = (create: () => Model, given: readonly ModelStep[] = steps): string =>
  modelContract({ create, steps: given })
    .flatMap((check) => {
      try {
        check.run()
        return []
      } catch (error) {
        return [`${check.name}: ${(error as Error).message}`]
      }
    })
    .join('\n')

describe('modelContract', () => {
  it('passes models that keep it', () => {
    expect(failures(() => lastChange())).toBe('')
    expect(failures(() => reader, rows)).toBe('')
  })

  it('finds a model that never forecasts', () => {
    expect(failures(() => lastChange({ predict: () => cold }))).toContain('forecasts at least once in each half')
  })

  it('finds figures out of range', () => {
    const says = (rest: object) => failures(() => lastChange({ predict: () => forecast(0, rest) }))
    expect(says({ direction: 1.01 })).toContain('Direction "1.01" is not from -1 to 1.')
    expect(says({ direction: Number.NaN })).toContain('Direction "NaN"')
    expect(says({ confidence: -0.1 })).toContain('Confidence "-0.1" is not from 0 to 1.')
    expect(says({ horizon: 0.5 })).toContain('Horizon "0.5" is no positive number of ms.')
    expect(says({ reason: '' })).toContain('No reason in')
  })

  it('finds a model that speaks before its warm-up', () => {
    expect(failures(() => lastChange({ warmup: 5 }))).toContain('Before its warm-up of 5 it said {"kind":"forecast"')
  })

  it('finds a model that keeps the event it was lent', () => {
    const keeper = (): Model => {
      let last: MarketEvent | undefined
      const update = (event: MarketEvent): void => {
        last = event
      }
      return lastChange({ update, predict: () => forecast(((last as Bar).close - 100) / 10) })
    }
    expect(failures(keeper)).toContain('The model read "close" of an event after the call that lent it.')
  })

  it('finds a model that keeps the row it was lent', () => {
    const keeper = (): Model => {
      let last: Float64Array = Float64Array.of(0)
      const predict = ({ values }: FeatureRow): Prediction => {
        const before = last
        last = values
        return forecast(before[0]!)
      }
      return { ...reader, predict }
    }
    expect(failures(keeper, rows)).toContain('keeps no event and no row beyond the call')
  })

  it('finds a model that is changed by being asked', () => {
    const counter = (): Model => {
      let asked = 0
      return lastChange({ predict: () => forecast((asked++ % 10) / 10) })
    }
    expect(failures(counter)).toContain('is not changed by being asked: Asking twice')
  })

  it('finds a model that knows the future, or ignores its input', () => {
    const oracle = lastChange({
      predict: ({ time }) => forecast((steps[time / 1_000 + 1]?.event as Bar | undefined)?.close ?? 0),
    })
    expect(failures(() => oracle)).toContain('the model ignores its input')
  })

  it('finds a run that depends on an earlier one', () => {
    let runs = 0
    const drifts = (): Model => {
      const offset = runs++ / 1_000
      return lastChange({ predict: () => forecast(offset) })
    }
    expect(failures(drifts)).toContain('gives the same answers for the same inputs: A second run')
  })

  it('finds a snapshot or clone that forgets', () => {
    expect(failures(() => lastChange({ restore: () => undefined }))).toContain('A snapshot at step 1')
    expect(failures(() => lastChange({ clone: () => lastChange() }))).toContain('A clone at step 1')
    const shared = lastChange()
    expect(failures(() => lastChange({ clone: () => shared }))).toContain('continues from a snapshot and as a clone')
  })

  it('finds a model that takes any snapshot', () => {
    expect(failures(() => lastChange({ restore: () => undefined }))).toContain(
      'It took a foreign snapshot of 0 numbers.',
    )
  })

  it('finds a model that speaks on NaN, or never heals', () => {
    expect(failures(() => lastChange({ predict: () => forecast(0.5) }))).toContain(
      'With NaN at step 0 it said {"kind":"forecast"',
    )
    const poisoned = (): Model => {
      let sum = 0
      const update = (event: MarketEvent): void => {
        sum = 0.5 * sum + (event as Bar).close / 1e3
      }
      return lastChange({ update, predict: () => (Number.isNaN(sum) ? notNumber : forecast(sum)) })
    }
    expect(failures(poisoned)).toContain('After one NaN it never forecasts again.')
  })

  it('finds a model that reads features of another schema', () => {
    const careless: Model = {
      ...reader,
      predict: ({ values }) => (Number.isNaN(values[0]!) ? notNumber : forecast(values[0]!)),
    }
    expect(failures(() => careless, rows)).toContain(
      'abstains on features of another schema: On another schema it said',
    )
  })
})
