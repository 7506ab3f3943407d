import { type Bar, type Bars, cursor, snapshotBar } from '@astertrade/core'
import { resampleBars } from '@astertrade/core/data'
import { systemClock } from '@astertrade/exchanges'
import { addressOf, askAt, loadModel, type ModelArtifact, makeArtifact, trainJob } from '@astertrade/models'
import { describe, expect, it } from 'vitest'
import { openMarket } from '../market/openMarket.js'
import { chooseModel } from '../models/chooseModel.js'
import { folderRepository } from '../models/folderRepository.js'
import { type DemoMarket, indexMarket, syntheticMarket } from './demoMarkets.js'
import { barsToLearn, demoSpecs, shippedModels } from './demoModels.js'

const place = { folder: process.cwd(), clock: systemClock }
const folder = shippedModels()
const repository = folderRepository({ folder })

async function shipped(market: DemoMarket): Promise<ModelArtifact> {
  const { id, address } = await chooseModel(demoSpecs(market).ppo.id, { models: folder, from: folder })
  return repository.get(id, address)
}

function listOf(bars: Bars): readonly Bar[] {
  const list: Bar[] = []
  for (const bar = cursor(bars); bar.advance(); ) list.push(snapshotBar(bar))
  return list
}

/** The prices that the demo trades on, as long as its models see them. */
function barsToTrade({ settings }: DemoMarket): Bars {
  const [bars] = openMarket(settings.market, place).series
  return settings.every === undefined ? bars! : resampleBars(bars!, { interval: settings.every }).bars
}

it('ships one version of each policy, and nothing else', async () => {
  expect(await repository.ids()).toEqual(['ppo-sp500', 'ppo-synthetic'])
  for (const id of await repository.ids()) expect(await repository.list(id)).toMatchObject([{ stage: 'candidate' }])
})

describe.each([indexMarket()!, syntheticMarket(1)])('the shipped policy of $title', (market) => {
  const spec = demoSpecs(market).ppo
  const known = barsToLearn(market, place)

  it('is whole, and small', async () => {
    const artifact = await shipped(market)
    expect(artifact.manifest).toMatchObject({ id: `ppo-${market.name}`, kind: 'ppo' })
    expect([...artifact.files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(200_000)
  })

  it('is what the committed spec and prices describe', async () => {
    const { manifest } = await shipped(market)
    expect(manifest).toMatchObject({ seed: spec.seed, params: spec.params, extra: { features: spec.features } })
    const { from, to, rows } = manifest.trainRange
    expect(known.time.indexOf(from)).toBeGreaterThan(0)
    expect(known.time.indexOf(to) - known.time.indexOf(from) + 1).toBe(rows)
  })

  it('answers its golden rows, and is refused where one comes out otherwise', async () => {
    const artifact = await shipped(market)
    expect(artifact.manifest.golden.inputs.length).toBeGreaterThan(3)
    expect(() => loadModel(artifact)).not.toThrow()
    const { format: _, files: __, ...manifest } = artifact.manifest
    const { inputs, outputs } = manifest.golden
    const golden = { inputs, outputs: outputs.map((row) => row.map((value) => value + 0.01)) }
    const changed = makeArtifact({ ...manifest, golden }, Object.fromEntries(artifact.files))
    expect(() => loadModel(changed)).toThrow('Golden row 0 of')
  })

  it('says nothing before the end of its training, and takes sides on the prices of the demo after it', async () => {
    const artifact = await shipped(market)
    const trained = loadModel(artifact)
    const early = listOf(known).filter(({ time }) => time <= artifact.manifest.trainRange.to)
    expect(early.length).toBeGreaterThan(artifact.manifest.trainRange.rows)
    for (const bar of early) {
      trained.update(bar)
      expect(trained.predict(askAt(bar.time)).kind).toBe('abstain')
    }
    const model = loadModel(artifact)
    const answers = listOf(barsToTrade(market)).map((bar) => {
      model.update(bar)
      return { time: bar.time, ...model.predict(askAt(bar.time)) }
    })
    const spoken = answers.filter(({ kind }) => kind === 'forecast')
    expect(spoken.length).toBeGreaterThan(answers.length / 4)
    // On the index the demo begins within the training: abstaining is what keeps the two apart. The rest of the prices it was given
    // only judged it, and changes no byte of a policy.
    const trainedTo = artifact.manifest.trainRange.to
    expect(spoken[0]!.time).toBeGreaterThan(trainedTo)
    expect(answers[0]!.time < trainedTo).toBe(market.name === 'sp500')
    if (market.name === 'synthetic') expect(answers[0]!.time).toBeGreaterThan(known.time[known.length - 1]!)
  })

  it.skipIf(!process.env.ASTER_LONG)('comes out of spec and prices again, byte for byte', async () => {
    expect(addressOf(trainJob(spec, known))).toBe(addressOf(await shipped(market)))
  })
})
