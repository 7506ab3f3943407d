import { rmSync } from 'node:fs'
import { timestamp } from '@astertrade/core'
import { systemClock } from '@astertrade/exchanges'
import { trainJob } from '@astertrade/models'
import { indexMarket, syntheticMarket } from '../src/demo/demoMarkets.js'
import { barsToLearn, demoSpecs, shippedModels } from '../src/demo/demoModels.js'
import { folderRepository } from '../src/models/folderRepository.js'
import { trainingText } from '../src/train/trainingText.js'

/** Trains the models that come with the package anew; the same code gives the same bytes. */
const folder = shippedModels()
const place = { folder: process.cwd(), clock: systemClock }
const artifacts = [indexMarket()!, syntheticMarket(1)].map((market) =>
  trainJob(demoSpecs(market).ppo, barsToLearn(market, place)),
)
// Only now, so that an interrupted training leaves what was there.
rmSync(folder, { recursive: true, force: true })
for (const artifact of artifacts) {
  const { manifest } = artifact
  await folderRepository({ folder }).put(artifact, { by: 'trainShipped', at: timestamp(manifest.trainRange.to) })
  process.stdout.write(`${trainingText(manifest).join('\n')}\n\n`)
}
