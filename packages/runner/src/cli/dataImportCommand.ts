import { relative } from 'node:path'
import { Command } from 'commander'
import { type ImportOptions, importData, planImport } from '../data/importData.js'
import { spanText } from '../spanText.js'
import { table } from '../table.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { issueNotes } from './issueNotes.js'
import { addMarketOptions, type MarketOptions, recordedMarket } from './marketOptions.js'
import { createProgress, stopping } from './progress.js'
import { requireOptions } from './requireOptions.js'
import { uninterrupted } from './uninterrupted.js'

interface DataImportOptions extends MarketOptions {
  readonly out: string
  readonly gzip?: true
  readonly force?: true
}

/** `aster data import`: canonical files from whatever is readable. */
export function dataImportCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('import')
    .description('write readable CSV or JSONL as canonical CSV, one file per instrument, times in ms of the open')
    .argument('<files...>', 'files and folders; plain or gzip')
    .option('--out <folder>', 'where to write')
    .option('--gzip', 'pack the files')
    .option('--force', 'replace files that are there already')
  return addMarketOptions(command).action(
    action<DataImportOptions>(context, finish, (options, files) => importWork(context, options, files)),
  )
}

async function importWork(
  { io, clock, place, note }: CliContext,
  options: DataImportOptions,
  paths: readonly string[],
): Promise<CommandResult> {
  requireOptions(options, ['out'], `${io.program} data import prices.csv --out data`)
  const progress = createProgress(io, { label: 'Import', clock })
  const importing: ImportOptions = {
    market: recordedMarket(paths, options),
    out: options.out,
    pack: options.gzip ? 'gzip' : 'none',
    existing: options.force ? 'replace' : 'refuse',
    onProgress: (ratio) => progress.update(ratio),
  }
  const plan = stopping(progress, () => planImport(importing, place))
  for (const line of issueNotes(plan.issues)) note(line)
  const files = await uninterrupted(io, () => importData(plan))
  const shown = files.map((file) => ({ ...file, file: relative(io.folder, file.file) }))
  return {
    json: { command: 'data import', files: shown, issues: plan.issues.length },
    text: () =>
      table(
        shown.map(({ file, bars, interval, from, to }) => [
          file,
          `${bars} bars of ${spanText(interval)}`,
          `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
        ]),
      ).join('\n'),
  }
}
