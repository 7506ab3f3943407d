import type { Bar, Fill, Intent, TargetIntent, Trade, View } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { fromModel, type ModelStrategyParams } from './fromModel.js'
import { abstention, type StreamingModel } from './model.js'

const silent = abstention('fake', 'no-edge', 'nothing to gain')

/** Forecasts the direction `close - 100`, and abstains at a close of exactly 100. */
function fake(seen: string[] = []): StreamingModel {
  let direction = 0
  return {
    id: 'fake',
    horizon: 1,
    warmup: 1,
    schema: '',
    update(event) {
      seen.push(event.kind)
      if (event.kind === 'bar') direction = event.close - 100
    },
    predict: () =>
      direction === 0 ? silent : { kind: 'forecast', direction, confidence: 0.5, horizon: 1, reason: 'fake' },
    clone: () => fake(),
    snapshot: () => Float64Array.of(direction),
    restore: (state) => {
      direction = state[0]!
    },
  }
}

const bar = (index: number, close: number, instrument = 'A.sim'): Bar =>
  ({
    kind: 'bar',
    instrument,
    time: index * 1_000,
    open: close,
    high: close + 1,
    low: close - 1,
    close,
    volume: 1,
  }) as Bar
const holding = (quantity: number): View => ({ position: () => ({ quantity, averagePrice: 0, reserved: 0 }) }) as never

/** Runs a strategy over closes; `filled` says what position each bar finds, by default the side wished for. */
function run(
  closes: readonly number[],
  params: Partial<ModelStrategyParams> = {},
  filled: readonly (number | undefined)[] = [],
) {
  const definition = fromModel({ name: 'fake', params: {}, models: () => [fake()] })
  const strategy = definition.create({ ...definition.params, rangePeriod: 1, ...params })
  let position = 0
  return closes.map((close, index) => {
    const wish = strategy.onBar?.(bar(index, close), holding(filled[index] ?? position)) as TargetIntent | undefined
    if (wish) position = Math.sign(wish.exposure)
    return wish && { exposure: wish.exposure, ...('stop' in wish ? { stop: wish.stop } : {}) }
  })
}

describe('fromModel', () => {
  it('wishes when the exposure changes, with a stop three ranges away, and is silent otherwise', () => {
    expect(run([100, 100, 100.5, 100.5, 100.53, 100])).toEqual([
      undefined,
      undefined,
      { exposure: 0.5, stop: 100.5 - 3 * 2 },
      undefined,
      undefined,
      { exposure: 0 },
    ])
  })

  it('goes short with a stop above, and turns around', () => {
    const wishes = run([100, 99.5, 100.5])
    expect(wishes[1]).toEqual({ exposure: -0.5, stop: 99.5 + 3 * 2 })
    expect(wishes[2]).toEqual({ exposure: 0.5, stop: 100.5 - 3 * 2 })
  })

  it('only tightens the stop while it stays on a side', () => {
    const wishes = run([100, 100.75, 100.25, 100.875])
    expect(wishes[1]?.stop).toBe(94.75)
    expect(wishes[2]).toEqual({ exposure: 0.25, stop: 94.75 })
    expect(wishes[3]).toEqual({ exposure: 0.875, stop: 94.875 })
  })

  it('only tightens the stop of a short side too', () => {
    expect(run([100, 99.25, 99.75, 99.125]).map((wish) => wish?.stop)).toEqual([undefined, 105.25, 105.25, 105.125])
  })

  it('leaves the stop to the engine while the range is cold, and where it would not be a price', () => {
    expect(run([100.5])).toEqual([{ exposure: 0.5 }])
    expect(run([100, 100.5], { stopRanges: 60 })[1]).toEqual({ exposure: 0.5 })
  })

  it('takes no short side when told to stay long', () => {
    const wishes = run([100, 99.5, 100.5, 99.5, 99.25], { side: 'long' }).map((wish) => wish?.exposure)
    expect(wishes).toEqual([undefined, undefined, 0.5, 0, undefined])
  })

  it('scales conviction to its share', () => {
    expect(run([100, 100.5], { exposure: 0.25 })[1]?.exposure).toBe(0.125)
  })

  it('takes less than the direction where confidence is not full', () => {
    const models = () => [fake()]
    const definition = fromModel({ name: 'fake', params: { full: 1 }, models, confidenceFull: ({ full }) => full })
    const strategy = definition.create(definition.params)
    strategy.onBar?.(bar(0, 100), holding(0))
    expect(strategy.onBar?.(bar(1, 100.5), holding(0))).toMatchObject({ exposure: 0.25 })
  })

  it('does not take a side again that was stopped out, until the models have left it', () => {
    const closes = [100, 100.5, 100.5, 100.5, 100.75, 99.5, 100.5]
    const wishes = run(closes, {}, [0, 0, 1, 0, 0, 0, undefined]).map((wish) => wish?.exposure)
    expect(wishes).toEqual([undefined, 0.5, undefined, undefined, undefined, -0.5, 0.5])
    const through = run([100, 100.5, 100.5, 100.5, 100, 100.5], {}, [0, 0, 1, 0, 0, 0]).map((wish) => wish?.exposure)
    expect(through).toEqual([undefined, 0.5, undefined, undefined, undefined, 0.5])
  })

  it('learns from fills that a side was entered and lost between two bars', () => {
    const definition = fromModel({ name: 'fake', params: {}, models: () => [fake()] })
    const strategy = definition.create({ ...definition.params, rangePeriod: 1 })
    const decide = (index: number, close: number) => strategy.onBar?.(bar(index, close), holding(0))
    const fill = { kind: 'filled', instrument: 'A.sim' } as Fill
    expect(decide(0, 100)).toBeUndefined()
    expect(decide(1, 100.5)).toMatchObject({ exposure: 0.5 })
    strategy.onOrder?.(fill, holding(0.5))
    strategy.onOrder?.(fill, holding(0))
    expect(decide(2, 100.75)).toBeUndefined()
    expect(decide(3, 99.5)).toMatchObject({ exposure: -0.5 })
  })

  it('gives a side up whose stop the close has passed, though no position was seen', () => {
    const wishes = run([100, 101, 100.6, 100.5, 99.5, 100.5], { stopRanges: 0.1 }, [0, 0, 0, 0, 0, 0])
    expect(wishes.map((wish) => wish?.exposure)).toEqual([undefined, 1, 0, undefined, -0.5, 0.5])
  })

  it('leaves the stop to the engine where the range is nothing', () => {
    let direction = 0
    const steady: StreamingModel = {
      ...fake(),
      predict: () => ({ kind: 'forecast', direction, confidence: 0.5, horizon: 1, reason: 'steady' }),
    }
    const definition = fromModel({ name: 'steady', params: {}, models: () => [steady] })
    const strategy = definition.create({ ...definition.params, rangePeriod: 1 })
    const flat = (index: number): Bar => ({ ...bar(index, 100), high: 100, low: 100 })
    for (const index of [0, 1, 2]) expect(strategy.onBar?.(flat(index), holding(0))).toBeUndefined()
    direction = 0.5
    expect(strategy.onBar?.(flat(3), holding(0))).toEqual({ kind: 'target', instrument: 'A.sim', exposure: 0.5 })
  })

  it('does not take a turn that is still under way for a stop', () => {
    const wishes = run([100, 100.5, 99.5, 99.5, 99.5, 99.25], {}, [0, 0, 1, 0, -1, -1]).map((wish) => wish?.exposure)
    expect(wishes).toEqual([undefined, 0.5, -0.5, undefined, undefined, -0.75])
    const slow = run([100, 100.5, 99.5, 99.5, 99.5, 99.25], {}, [0, 0, 1, 1, 0, -1]).map((wish) => wish?.exposure)
    expect(slow).toEqual([undefined, 0.5, -0.5, undefined, undefined, -0.75])
  })

  it('keeps instruments apart, and hands trades to the models', () => {
    const seen: string[] = []
    let made = 0
    const definition = fromModel({
      name: 'fake',
      params: {},
      models: () => {
        made++
        return [fake(seen)]
      },
    })
    const strategy = definition.create(definition.params)
    const wishes = [bar(1, 100.5, 'A.sim'), bar(1, 99.5, 'B.sim'), bar(2, 100.5, 'A.sim')].map(
      (each) => strategy.onBar?.(each, holding(0)) as Intent | undefined,
    )
    expect(wishes).toEqual([
      { kind: 'target', instrument: 'A.sim', exposure: 0.5 },
      { kind: 'target', instrument: 'B.sim', exposure: -0.5 },
      undefined,
    ])
    strategy.onTrade?.({ kind: 'trade', instrument: 'A.sim' } as Trade, holding(0))
    expect(seen).toEqual(['bar', 'bar', 'bar', 'trade'])
    expect(made).toBe(2)
  })

  it('makes fresh state for each run', () => {
    const definition = fromModel({ name: 'fake', params: {}, models: () => [fake()] })
    const wish = () => definition.create(definition.params).onBar?.(bar(1, 100.5), holding(0))
    expect(wish()).toEqual(wish())
  })

  it.each([
    [{ side: 'short' }, 'Parameter side "short" is out of range.'],
    [{ exposure: 0 }, 'Parameter exposure "0" is out of range.'],
    [{ step: Number.NaN }, 'Parameter step "NaN" is out of range.'],
    [{ stopRanges: 0 }, 'Parameter stopRanges "0" is out of range.'],
  ])('refuses the parameters %o', (params, message) => {
    expect(() => run([100], params as Partial<ModelStrategyParams>)).toThrow(message)
  })
})
