import { createRandom, type Timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { jsSession } from './backends/js/jsSession.js'
import type { Network } from './backends/network.js'
import { wasmSession } from './backends/wasm/wasmSession.js'
import { type SessionModelOptions, sessionModel, sidesOf } from './sessionModel.js'
import { modelContract } from './testing/modelContract.js'

const network: Network = {
  kind: 'network',
  layers: [
    {
      inputs: 2,
      outputs: 3,
      activation: 'softmax',
      weights: Float32Array.of(-1, 0, 1, 0, 0.5, 0),
      bias: Float32Array.of(0, 0, 0),
    },
  ],
}
const schema = 'two-features'
const random = createRandom(1).stream('rows')
const steps = Array.from({ length: 60 }, (_, index) => ({
  row: { time: index as Timestamp, schema, values: Float64Array.of(random.normal(), random.normal()) },
}))
const create = (changes: Partial<SessionModelOptions> = {}) =>
  sessionModel({ id: 'mine', session: wasmSession(network), schema, horizon: '24h', ...changes })
const rowOf = (...values: readonly number[]) => ({ time: 0 as Timestamp, schema, values: Float64Array.from(values) })

describe('sessionModel', () => {
  for (const check of modelContract({ create, steps })) it(check.name, () => check.run())

  it('makes probabilities of down, flat and up into a side', () => {
    const answer = create().predict(rowOf(1, 0))
    const [down, flat, up] = [Math.exp(-1), 1, Math.exp(1)]
    expect(answer).toMatchObject({ kind: 'forecast', horizon: 86_400_000 })
    if (answer.kind !== 'forecast') return
    expect(answer.direction).toBeCloseTo((up - down) / (up + flat + down), 6)
    expect(answer.confidence).toBeCloseTo((up - down) / (up + down), 6)
    expect(answer.reason).toBe('mine: up by 0.58, confidence 0.76')
  })

  it('says the same by both kernels', () => {
    for (const { row } of steps) {
      expect(create({ session: jsSession(network) }).predict(row)).toEqual(create().predict(row))
    }
  })

  it('reads outputs as it is told', () => {
    const read = (outputs: Float32Array) => ({ direction: -outputs[1]!, confidence: 0.5 })
    expect(create({ read }).predict(rowOf(0, 0))).toMatchObject({ direction: -Math.fround(1 / 3), confidence: 0.5 })
    expect(create({ read: () => undefined }).predict(rowOf(0, 0))).toMatchObject({ code: 'no-edge' })
    expect(create({ read: () => ({ direction: 2, confidence: 0 }) }).predict(rowOf(0, 0))).toMatchObject({
      code: 'nan',
      reason: 'mine: direction 2 or confidence 0 is out of range',
    })
  })

  it('abstains on rows of another width and on what overflows', () => {
    expect(create().predict(rowOf(1))).toMatchObject({ code: 'schema', reason: 'mine: the row has 1 of 2 features' })
    expect(create().predict(rowOf(1, Number.POSITIVE_INFINITY))).toMatchObject({ code: 'nan' })
    expect(create().predict(rowOf(1e300, 0))).toMatchObject({
      code: 'nan',
      reason: 'mine: its session gives no number',
    })
    expect(create().predict(rowOf(0, 0))).toMatchObject({ code: 'no-edge' })
  })

  it('refuses options that do not fit', () => {
    expect(() => create({ schema: '' })).toThrow('The model "mine" has no schema of features.')
    const wide = {
      ...network,
      layers: [{ ...network.layers[0]!, outputs: 1, weights: new Float32Array(2), bias: new Float32Array(1) }],
    }
    expect(() => create({ session: jsSession(wide) })).toThrow(
      'gives 1 outputs, which are not read as down, flat and up',
    )
    expect(() => create({ horizon: 0 })).toThrow()
  })
})

it('sees no side where nothing moves', () => {
  expect(sidesOf(Float32Array.of(0, 1, 0))).toBeUndefined()
})
