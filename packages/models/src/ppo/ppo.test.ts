import { createRandom, sha256Hex, type Timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { addressOf } from '../addressOf.js'
import type { ModelArtifact, ModelManifest } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { featureDrift } from '../drift/featureDrift.js'
import { makeArtifact } from '../makeArtifact.js'
import type { FeatureRow } from '../model.js'
import type { TrainingHooks } from '../modelKind.js'
import { modelContract } from '../testing/modelContract.js'
import type { PlayedRows } from './playOut.js'
import { ppo } from './ppo.js'
import type { PpoParams } from './ppoParams.js'
import { drawnRows, level } from './tradingTask.rig.js'

const hour = 3_600_000
const price = { keep: 0.7, costs: 0.5, riskAversion: 0.1 }

/** Rows of a price drawn back to its level; the first feature is its deviation, the second says nothing. */
function dataset(rows: number, seed: number): Dataset {
  const { prices, features } = drawnRows(price, rows, seed)
  const random = createRandom(seed).stream('noise')
  return {
    schema: 'drawn',
    names: ['deviation', 'noise'],
    rows,
    features: Float32Array.from({ length: 2 * rows }, (_, at) => (at < rows ? features[at]! : random.normal())),
    times: Float64Array.from({ length: rows }, (_, row) => (row + 1) * hour),
    prices,
    labels: {
      spec: { kind: 'none' },
      classCount: 2,
      classes: new Uint8Array(rows),
      returns: new Float64Array(rows),
      ends: new Float64Array(rows),
      weights: new Float64Array(rows),
    },
  }
}

const params: PpoParams = {
  ...ppo.defaults,
  steps: 16_384,
  policies: 2,
  costs: price.costs / level,
  settings: { ...ppo.defaults.settings, hidden: [16], learningRate: 3e-3 },
}
const data = dataset(4_000, 1)
const request = { id: 'drawn', data, params, seed: 1 }
const artifact = ppo.train(request)
const { manifest } = artifact

const rowAt = (deviation: number, row = 3_500): FeatureRow => ({
  time: ((row + 1) * hour) as Timestamp,
  schema: 'drawn',
  values: Float64Array.of(deviation, 0),
})

describe('a model that trades a price drawn back to its level', () => {
  const steps = Array.from({ length: 400 }, (_, index) => rowAt(2 * Math.sin(index / 5), 3_100 + index)).map((row) => ({
    row,
  }))
  for (const check of modelContract({ create: () => ppo.load(artifact), steps })) it(check.name, () => check.run())

  it('is long below, short above, and surer the further away', () => {
    const model = ppo.load(artifact)
    const say = (deviation: number) => model.predict(rowAt(deviation))
    const [low, high] = [say(-2), say(2)]
    if (low.kind !== 'forecast' || high.kind !== 'forecast') throw new Error(`${low.reason} ${high.reason}`)
    expect(low.direction).toBeGreaterThan(0.8)
    expect(high.direction).toBeLessThan(-0.8)
    expect(low.confidence).toBeGreaterThan(0.5)
    expect(low.horizon).toBe(24 * hour)
    expect(low.reason).toMatch(/^ppo: settles at long \d+ %, flat \d+ %, short \d+ %$/)
  })

  it('keeps how its features were spread, and tells when they are no longer', () => {
    expect(featureDrift(manifest, dataset(1_000, 2)).every(({ stability }) => stability < 0.1)).toBe(true)
    const other = dataset(1_000, 3)
    const moved = { ...other, features: other.features.map((value, at) => (at < other.rows ? 2 * value + 1 : value)) }
    const [first, second] = featureDrift(manifest, moved)
    expect(first!.name).toBe('deviation')
    expect(first!.stability).toBeGreaterThan(0.25)
    expect(second!.stability).toBeLessThan(0.1)
  })

  it('abstains about times it was trained on, long after, and without an edge', () => {
    const model = ppo.load(artifact)
    expect(model.predict(rowAt(0, 100))).toMatchObject({ code: 'expired' })
    expect(model.predict(rowAt(0, 1e6))).toMatchObject({ code: 'expired' })
    expect(model.predict({ ...rowAt(0), values: Float64Array.of(1) })).toMatchObject({ code: 'schema' })
    expect(model.predict(rowAt(40))).toMatchObject({ code: 'outlier' })
    const shy = ppo.load(ppo.train({ ...request, params: { ...params, steps: 512, exposureMin: 1 } }))
    expect(shy.predict(rowAt(0))).toMatchObject({ code: 'no-edge', reason: 'ppo: the policies settle at no side' })
  })
})

interface Metrics {
  readonly model: PlayedRows & { readonly rows: number; readonly excess: number }
  readonly buyAndHold: PlayedRows
  readonly random: PlayedRows & { readonly deviation: number }
  readonly eachAlone: readonly number[]
  readonly warnings: readonly string[]
}

describe('is judged', () => {
  it('on rows it was not trained on, beside its controls', () => {
    const { model, buyAndHold, random, eachAlone, warnings } = manifest.metrics as unknown as Metrics
    expect(model.rows).toBe(1_000)
    expect(model.gain).toBeGreaterThan(buyAndHold.gain)
    expect(buyAndHold).toMatchObject({ turnover: 1, exposure: 1 })
    expect(eachAlone).toHaveLength(2)
    expect(random.turnover / model.turnover).toBeCloseTo(1, 1)
    expect(model.excess).toBeGreaterThan(3)
    expect(model.excess).toBeCloseTo((model.gain - random.gain) / random.deviation, 9)
    expect(warnings).toEqual([])
    expect(manifest.trainRange).toEqual({ from: hour, to: 3_000 * hour, rows: 3_000 })
    expect(manifest.expiresAfter).toBe(4_000 * hour + params.validFor)
  })

  const warningsFor = (change: Partial<PpoParams>, prices = data.prices): readonly string[] =>
    (
      ppo.train({ ...request, data: { ...data, prices }, params: { ...params, ...change } }).manifest
        .metrics as unknown as Metrics
    ).warnings

  it('with a warning where it loses, where luck would do as well, and where it stands aside', () => {
    const walk = (seed: number) => drawnRows({ ...price, keep: 1 }, 4_000, seed).prices
    const hasty = { steps: 512, policies: 1 }
    const found = [
      warningsFor(hasty, walk(2)),
      warningsFor({ ...hasty, costs: 0 }, walk(4)),
      warningsFor({ riskAversion: 50 }),
    ]
    expect(found).toMatchInlineSnapshot(`
      [
        [
          "No edge: after costs it loses on rows that it was not trained on.",
          "Buying once and holding gained as much or more.",
        ],
        [
          "No edge: it gains no more than random trading of the same turnover might.",
        ],
        [
          "It stands aside: out of sample it hardly holds anything.",
        ],
      ]
    `)
  })
})

describe('gives the same bytes', () => {
  const address = addressOf(artifact)

  it('for the same seed, and others for another', () => {
    expect(addressOf(ppo.train(request))).toBe(address)
    expect(addressOf(ppo.train({ ...request, seed: 2 }))).not.toBe(address)
  })

  it('on any machine', () => {
    expect(sha256Hex(artifact.files.get('weights.bin')!).slice(0, 16)).toMatchInlineSnapshot(`"d1a4afa62404cadb"`)
  })

  it('when some or all policies were trained elsewhere', () => {
    const parts = ppo.parts!
    expect(parts.count(params)).toBe(2)
    const second = parts.train(request, 1)
    expect(addressOf(ppo.train(request, { parts: [undefined, second] }))).toBe(address)
    const stages: string[] = []
    const hooks = {
      parts: [parts.train(request, 0), second],
      report: ({ stage }: { readonly stage: string }) => stages.push(stage),
    }
    expect(addressOf(ppo.train(request, hooks))).toBe(address)
    expect(stages).toEqual([])
    for (const part of [-1, 2, 0.5]) {
      expect(() => parts.train(request, part)).toThrow(
        expect.objectContaining({
          code: 'BAD_PARAMETER',
          message: expect.stringContaining(`The training has no part "${part}".`),
        }),
      )
    }
  })

  it('whatever the rows that it is judged on', () => {
    const other = { ...data, prices: data.prices.map((value, row) => (row < 3_000 ? value : value * 2)) }
    const files = ppo.train({ ...request, data: other }).files
    expect([...files.get('weights.bin')!]).toEqual([...artifact.files.get('weights.bin')!])
  })

  it('when resumed in the middle of a policy or after one', () => {
    const long = {
      ...request,
      params: { ...params, steps: 140_000, settings: { ...params.settings, hidden: [4], epochs: 1 } },
    }
    const states: Uint8Array[] = []
    const stages: string[] = []
    const whole = ppo.train(long, {
      checkpoint: (state) => states.push(state.slice()),
      report: ({ stage }) => stages.push(stage),
    })
    expect(states).toHaveLength(2)
    expect(stages.at(-1)).toBe('policy 2 of 2, update 274 of 274')
    for (const resume of states) expect(addressOf(ppo.train(long, { resume }))).toBe(addressOf(whole))
    expect(() => ppo.train({ ...long, data: dataset(4_000, 2) }, { resume: states[0]! })).toThrow(
      expect.objectContaining({ code: 'BAD_CHECKPOINT' }),
    )
  })
})

describe('refuses', () => {
  const training =
    (change: Partial<typeof request>, hooks: TrainingHooks = {}) =>
    () =>
      ppo.train({ ...request, ...change }, hooks)

  it.each<[string, Partial<PpoParams>]>([
    ['steps "0"', { steps: 0 }],
    ['policies "1.5"', { policies: 1.5 }],
    ['costs "NaN"', { costs: Number.NaN }],
    ['riskAversion "-1"', { riskAversion: -1 }],
    ['testShare "0"', { testShare: 0 }],
    ['horizonRows "0"', { horizonRows: 0 }],
    ['exposureMin "2"', { exposureMin: 2 }],
    ['validFor "Infinity"', { validFor: Number.POSITIVE_INFINITY }],
    ['scaler "none"', { scaler: 'none' as 'standard' }],
  ])('the parameter %s', (named, change) => {
    expect(training({ params: { ...params, ...change } })).toThrow(
      expect.objectContaining({ code: 'BAD_TRAINING', message: expect.stringContaining(`Parameter ${named} of PPO`) }),
    )
  })

  it('data that cannot be traded', () => {
    const with_ = (change: Partial<Dataset>) => training({ data: { ...data, ...change } })
    expect(with_({ names: [] })).toThrow('The dataset has no features.')
    expect(with_({ prices: data.prices.slice(1) })).toThrow('The dataset has "3999" rows of "prices", not 4000.')
    expect(with_({ features: data.features.map((value, at) => (at === 9 ? Number.NaN : value)) })).toThrow(
      expect.objectContaining({ code: 'BAD_DATASET', message: 'The dataset holds the feature "NaN".' }),
    )
    expect(with_({ prices: data.prices.map((value, row) => (row === 9 ? 0 : value)) })).toThrow('the price "0"')
    expect(training({ data: dataset(25, 1) })).toThrow(expect.objectContaining({ code: 'NO_ROWS' }))
  })

  it('to go on when cancelled', () => {
    expect(training({}, { cancelled: () => true })).toThrow(expect.objectContaining({ code: 'CANCELLED' }))
  })

  const remade = (change: Partial<ModelManifest>, weights = artifact.files.get('weights.bin')!): ModelArtifact =>
    makeArtifact({ ...manifest, ...change }, { 'weights.bin': weights })

  it.each<[string, () => ModelArtifact]>([
    ['is of kind "classifier"', () => remade({ kind: 'classifier' })],
    ['names no number of policies: "0"', () => remade({ params: { ...manifest.params, policies: 0 } })],
    ['has the least exposure "none"', () => remade({ params: { ...manifest.params, exposureMin: 'none' } })],
    ['No network "policy/2"', () => remade({ params: { ...manifest.params, policies: 3 } })],
    ['do not fit its 3 features', () => remade({ featureSchema: { hash: 'drawn', names: ['a', 'b', 'c'] } })],
    ['has no scaler for its 2 features', () => remade({ extra: {} })],
    [
      'has no scaler for its 2 features',
      () => remade({ extra: { scaler: { kind: 'standard', centre: [0], factor: [1, 1] } } }),
    ],
    [
      'Golden row 0',
      () => remade({ golden: { ...manifest.golden, outputs: manifest.golden.outputs.map(() => [1, 0, 0]) } }),
    ],
    ['lacks its file "weights.bin"', () => makeArtifact(manifest, {})],
  ])('an artifact that %s', (problem, make) => {
    expect(() => ppo.load(make())).toThrow(
      expect.objectContaining({ code: 'ARTIFACT', message: expect.stringContaining(problem) }),
    )
  })
})
