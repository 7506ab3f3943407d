import { join } from 'node:path'
import { syntheticTape } from '@astertrade/core/backtest'
import { writeTape } from '@astertrade/exchanges/tape'
import type { FolderContent } from '../run/publishFolder.js'
import { runFiles } from '../run/runFiles.js'
import type { DemoRun } from './runDemo.js'

/** File with the prices of the synthetic market, so that more can be tried on it. */
export const demoTapeName = 'BTC-USD_1m.csv.gz'

/** Top-level names in a demo's folder. */
export const demoNames = ['sp500', 'synthetic', demoTapeName] as const

/**
 * The files of a demo: one run folder per market, and the synthetic prices.
 *
 * @param options.from - Folder that the paths of the settings start from.
 * @param options.to - Folder that the files will lie in.
 */
export function demoFiles(
  runs: readonly DemoRun[],
  { from, to }: { readonly from: string; readonly to: string },
): FolderContent {
  const files: Record<string, FolderContent[string]> = {}
  for (const { market, run } of runs) {
    for (const [name, data] of Object.entries(runFiles(run, { from, to: join(to, market.name) }))) {
      files[`${market.name}/${name}`] = data
    }
    const source = market.settings.market
    if (source.kind === 'synthetic') files[demoTapeName] = (path) => writeTape(path, syntheticTape(source.tape))
  }
  return files
}
