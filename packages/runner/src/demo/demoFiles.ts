import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syntheticTape } from '@astertrade/core/backtest'
import { writeTape } from '@astertrade/exchanges/tape'
import { addressOf, candidateMoves, type ModelArtifact } from '@astertrade/models'
import { movesFile } from '../models/moves.js'
import { artifactFiles } from '../models/storedArtifact.js'
import type { FolderContent } from '../run/publishFolder.js'
import { runFiles } from '../run/runFiles.js'
import type { DemoRun } from './runDemo.js'

/** File with the prices of the synthetic market, so that more can be tried on it. */
export const demoTapeName = 'BTC-USD_1m.csv.gz'

/** Folder with the trained models of the demo. */
export const demoModelsName = 'models'

/** Top-level names in a demo's folder. */
export const demoNames = ['sp500', 'synthetic', demoModelsName, demoTapeName] as const

/**
 * The files of a demo: one run folder per market, the trained models, and the synthetic prices.
 *
 * @param options.from - Folder that the paths of the settings start from.
 * @param options.to - Folder that the files will lie in.
 */
export function demoFiles(
  runs: readonly DemoRun[],
  { from, to }: { readonly from: string; readonly to: string },
): FolderContent {
  const files: Record<string, FolderContent[string]> = {}
  for (const { market, run, models } of runs) {
    for (const artifact of Object.values(models)) Object.assign(files, storedFiles(artifact))
    for (const [name, data] of Object.entries(runFiles(run, { from, to: join(to, market.name) }))) {
      files[`${market.name}/${name}`] = data
    }
    const source = market.settings.market
    if (source.kind === 'synthetic') files[demoTapeName] = (path) => writeTape(path, syntheticTape(source.tape))
  }
  return files
}

/** The files of an artifact, where a folder of models has them, and the move that makes it a candidate there. */
function storedFiles(artifact: ModelArtifact): FolderContent {
  const { id, trainRange } = artifact.manifest
  const address = addressOf(artifact)
  const [moves, text] = movesFile(0, candidateMoves([], address, { by: 'aster demo', at: trainRange.to }))
  const home = `${demoModelsName}/${id}`
  return {
    ...Object.fromEntries(
      artifactFiles(artifact).map(([name, data]) => [
        `${home}/${address}/${name}`,
        (path: string) => writeFileSync(path, data),
      ]),
    ),
    [`${home}/moves/${moves}`]: text,
  }
}
