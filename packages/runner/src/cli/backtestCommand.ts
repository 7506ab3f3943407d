import { join, relative, resolve } from 'node:path'
import { textReport } from '@astertrade/core/backtest'
import { Command } from 'commander'
import { openRange } from '../market/openRange.js'
import { chooseModel } from '../models/chooseModel.js'
import { membersText } from '../run/membersText.js'
import { publishFolder, requireReplaceable } from '../run/publishFolder.js'
import { type FinishedRun, runBacktest } from '../run/runBacktest.js'
import { runFileNames, runFiles, runName } from '../run/runFiles.js'
import type { RunSettings } from '../run/runSettings.js'
import { builtInStrategies } from '../strategy/builtInStrategies.js'
import { loadStrategy } from '../strategy/loadStrategy.js'
import { readParams } from '../strategy/readParams.js'
import type { ModelReference } from '../strategy/strategyReference.js'
import { action, type Finish } from './action.js'
import { collect } from './collect.js'
import { addConditionOptions, type ConditionOptions, conditionsOf, timeOf } from './conditionOptions.js'
import type { CliContext, CommandResult } from './context.js'
import { issueNotes } from './issueNotes.js'
import { addMarketOptions, type MarketOptions, recordedMarket } from './marketOptions.js'
import { createProgress } from './progress.js'
import { requireOptions } from './requireOptions.js'
import { runSummary } from './runSummary.js'
import { uninterrupted } from './uninterrupted.js'

interface BacktestCommandOptions extends ConditionOptions, MarketOptions {
  readonly strategy: string
  readonly export?: string
  readonly model?: readonly string[]
  readonly models: string
  readonly data: readonly string[]
  readonly param?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly out?: string
  readonly trustData?: true
  readonly stream?: true
}

const names = builtInStrategies.map(({ name }) => name).join(', ')

/** `aster backtest`: one strategy over recorded prices. */
export function backtestCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('backtest')
    .description('run a strategy over recorded prices')
    .option('--strategy <name>', `${names}, or the path of a .ts, .js or .mjs file`)
    .option('--data <paths...>', 'files or a folder of CSV or JSONL, plain or gzip; several instruments in one run')
    .option('--param <name=value>', 'change a parameter of the strategy; may be repeated', collect)
    .option('--model <ids...>', 'trained models of the strategy ensemble: the live version, or else the newest')
    .option('--models <folder>', 'folder of the models', 'models')
    .option('--export <name>', 'export of the strategy file that is meant')
    .option('--from <time>', 'first bar that is wanted: 2019-01-01', timeOf('from'))
    .option('--to <time>', 'first bar that is no longer wanted', timeOf('to'))
    .option('--trust-data', 'run on prices that move twentyfold and stay, as where units are mixed')
    .option('--stream', 'read data larger than memory in pieces; the result is the same, but there is no journal')
    .option('--out <folder>', 'where to write (default: out/<strategy>-<data>-<result>)')
  addConditionOptions(addMarketOptions(command))
  return command.action(action<BacktestCommandOptions>(context, finish, (options) => backtestWork(context, options)))
}

/** The stored models that are meant; undefined where none was given. */
async function chooseModels(
  { model, models }: Pick<BacktestCommandOptions, 'model' | 'models'>,
  from: string,
): Promise<readonly ModelReference[] | undefined> {
  return model && Promise.all(model.map((id) => chooseModel(id, { models, from })))
}

async function backtestWork(context: CliContext, options: BacktestCommandOptions): Promise<CommandResult> {
  const { io, place } = context
  requireOptions(options, ['strategy', 'data'], `${io.program} backtest --strategy sma-cross --data BTCUSD_1h.csv`)
  openRange(options)
  if (options.out !== undefined) requireReplaceable(resolve(io.folder, options.out), Object.values(runFileNames))
  const started = context.clock.monotonic()
  const models = await chooseModels(options, io.folder)
  const reference = { name: options.strategy, export: options.export, ...(models ? { models } : {}) }
  const strategy = await loadStrategy(reference, place.folder)
  const settings: RunSettings = {
    ...conditionsOf(options, place.folder),
    strategy: reference,
    reading: options.stream ? 'pieces' : undefined,
    params: readParams(strategy.definition, options.param ?? []),
    market: {
      ...recordedMarket(options.data, options),
      onJump: options.trustData ? 'accept' : 'throw',
      from: options.from,
      to: options.to,
    },
  }
  const progress = createProgress(io, { label: 'Backtest', clock: context.clock })
  const onProgress = (ratio: number): void => progress.update(ratio)
  const run = await runBacktest(settings, place, { strategy, onProgress }).finally(() => progress.stop())
  for (const note of issueNotes(run.issues)) context.note(note)
  for (const warning of run.warnings) context.note(`Note: ${warning}`)
  if (run.warnings.length > 0) context.note('Note: aster data check lists what was found.')
  const folder = options.out ?? join('out', runName(run.report))
  const to = resolve(io.folder, folder)
  const files = runFiles(run, { from: io.folder, to })
  await uninterrupted(io, () => publishFolder(to, files))
  const elapsedMs = Math.round(context.clock.monotonic() - started)
  return {
    json: { command: 'backtest', folder, files: Object.keys(files).sort(), elapsedMs, ...runSummary(run.report) },
    text: () => backtestText(context, run, { folder: relative(io.folder, to) || '.', files: Object.keys(files) }),
  }
}

function backtestText(
  { paint, io }: CliContext,
  run: FinishedRun,
  { folder, files }: { readonly folder: string; readonly files: readonly string[] },
): string {
  const [summary = '', ...rest] = textReport(run.report).split('\n')
  const next = run.journal === undefined ? [] : [`${io.program} replay ${quoted(folder)}`]
  const others = Object.values(runFileNames).filter((name) => name !== runFileNames.sheet && files.includes(name))
  const clipped = run.report.refusals.some(({ code }) => code === 'CLIP')
  if (clipped) next.push(`the same with --policy none, to see the strategy without the limits`)
  return [
    paint.bold(summary),
    ...rest,
    ...membersText(run.members),
    '',
    `Files      ${folder}/`,
    `           ${runFileNames.sheet} (open it in a browser), ${others.join(', ')}`,
    ...(next.length > 0 ? [`Next       ${next.join('\n           ')}`] : []),
  ].join('\n')
}

function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : JSON.stringify(path)
}
