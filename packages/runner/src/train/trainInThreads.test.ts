import { barsOf } from '@astertrade/core'
import { addressOf, type TrainSpec, trainJob, trainParts } from '@astertrade/models'
import { plantedBars } from '@astertrade/models/testing'
import { describe, expect, it } from 'vitest'
import { trainInThreads } from './trainInThreads.js'

const plant = { kind: 'meanReverting', halfLife: 4, sigma: 10 } as const
const bars = barsOf(plantedBars({ plant, length: 700, seed: 5 }), 3_600_000)
const features: TrainSpec['features'] = { indicators: ['rsi', 'cci'], groups: ['indicators'] }
const network = { hidden: [4], epochs: 2, batch: 64, learningRate: 1e-2, patience: 2 }
const classifier: TrainSpec = {
  id: 'folds',
  kind: 'classifier',
  seed: 1,
  params: { folds: 2, trees: { rounds: 3 }, network },
  features,
  labels: { kind: 'forwardReturn', bars: 4 },
}
const ppo: TrainSpec = {
  id: 'policies',
  kind: 'ppo',
  seed: 1,
  params: { steps: 2_600, policies: 2, validFor: 1e12, settings: { rolloutSteps: 2, environments: 4, minibatches: 1 } },
  features,
}

interface Cut {
  readonly spec: TrainSpec
  readonly workers: number
  readonly after: number
  readonly resume?: Uint8Array | undefined
}

/** Trains until so many checkpoints were taken, and answers with the last of them. */
async function cutAfter({ spec, workers, after, resume }: Cut): Promise<Uint8Array> {
  const abort = new AbortController()
  const states: Uint8Array[] = []
  const onCheckpoint = (state: Uint8Array): void => {
    states.push(state)
    if (states.length === after) abort.abort()
  }
  const training = trainInThreads(spec, bars, { workers, onCheckpoint, resume, signal: abort.signal })
  await expect(training).rejects.toMatchObject({ code: 'CANCELLED' })
  return states.at(-1)!
}

async function resumed(spec: TrainSpec, resume: Uint8Array, workers: number) {
  let checkpoints = 0
  const ratios: number[] = []
  const artifact = await trainInThreads(spec, bars, {
    workers,
    resume,
    onCheckpoint: () => checkpoints++,
    onProgress: (ratio) => ratios.push(ratio),
  })
  return { address: addressOf(artifact), checkpoints, firstRatio: ratios[0]! }
}

describe('trainInThreads', () => {
  const whole = addressOf(trainJob(classifier, bars))

  it.each([
    [1, 1, 2],
    [1, 3, 1],
    [2, 1, 1],
    [2, 2, 3],
    [3, 1, 2],
    [3, 4, 2],
  ])('goes on to the same bytes: %i threads, cut after %i parts, then %i threads', async (workers, after, then) => {
    const parts = trainParts(classifier)
    expect(parts).toBe(4)
    const state = await cutAfter({ spec: classifier, workers, after })
    const { address, checkpoints, firstRatio } = await resumed(classifier, state, then)
    expect(address).toBe(whole)
    // Threads that were under way may have finished theirs.
    expect(checkpoints).toBeLessThanOrEqual(parts - after)
    expect(firstRatio).toBeGreaterThanOrEqual(after / (parts + 1))
  })

  it('may be cut again and again', async () => {
    let resume: Uint8Array | undefined
    for (let cut = 0; cut < 3; cut++) resume = await cutAfter({ spec: classifier, workers: 1, after: 1, resume })
    expect(await resumed(classifier, resume!, 4)).toMatchObject({ address: whole, checkpoints: 1 })
  })

  it('goes on within a policy', async () => {
    // Steps of two segments: a policy leaves a state in between.
    const expected = addressOf(trainJob(ppo, bars))
    for (const workers of [1, 2]) {
      const state = await cutAfter({ spec: ppo, workers, after: 1 })
      expect(new TextDecoder().decode(state.subarray(0, state.indexOf(10)))).toContain('"state":"running"')
      expect((await resumed(ppo, state, 2)).address).toBe(expected)
    }
  })

  it('refuses the state of another training, and what is none', async () => {
    const state = await cutAfter({ spec: classifier, workers: 1, after: 1 })
    const refused = expect.objectContaining({ code: 'BAD_CHECKPOINT' })
    const go = (spec: TrainSpec, resume: Uint8Array) => trainInThreads(spec, bars, { workers: 2, resume })
    await expect(go({ ...classifier, seed: 2 }, state)).rejects.toEqual(refused)
    await expect(go(classifier, state.subarray(1))).rejects.toEqual(refused)
  })

  it('fails with what a part fails with, and with what the keeper throws', async () => {
    const short = barsOf(plantedBars({ plant, length: 15, seed: 5 }), 3_600_000)
    const failed = trainInThreads(classifier, short, { workers: 2 })
    await expect(failed).rejects.toMatchObject({ name: 'ConfigError', code: 'NO_ROWS' })
    const full = trainInThreads(ppo, bars, {
      workers: 2,
      onCheckpoint() {
        throw new Error('no space left')
      },
    })
    await expect(full).rejects.toThrow('no space left')
  })

  it('is cancelled before it begins where the signal says so', async () => {
    const training = trainInThreads(classifier, bars, { workers: 2, signal: AbortSignal.abort() })
    await expect(training).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
