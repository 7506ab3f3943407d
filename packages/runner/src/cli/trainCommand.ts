import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type Bars, ConfigError } from '@astertrade/core'
import { resampleBars } from '@astertrade/core/data'
import type { ModelArtifact, TrainData, TrainSpec } from '@astertrade/models'
import { Command, Option } from 'commander'
import { missingFile } from '../market/missingFile.js'
import { openMarket } from '../market/openMarket.js'
import { openRange } from '../market/openRange.js'
import { folderRepository } from '../models/folderRepository.js'
import { moveAuthor } from '../models/moveAuthor.js'
import { artifactSigner } from '../models/signature.js'
import { numberText } from '../numberText.js'
import { checkpointFile } from '../train/checkpointFile.js'
import { tradesToLearn } from '../train/tradesToLearn.js'
import { trainInThreads } from '../train/trainInThreads.js'
import { trainingText, warningsOf } from '../train/trainingText.js'
import { kindOf, trainSpecOf } from '../train/trainSpecOf.js'
import { action, type Finish } from './action.js'
import { collect } from './collect.js'
import { atLeastOne, numberOf, timeOf, wholeNumber } from './conditionOptions.js'
import type { CliContext, CommandResult } from './context.js'
import { InterruptedError } from './interruptedError.js'
import { issueNotes } from './issueNotes.js'
import { addMarketOptions, type MarketOptions, recordedMarket } from './marketOptions.js'
import { createProgress } from './progress.js'
import { requireOptions } from './requireOptions.js'

interface TrainCommandOptions extends MarketOptions {
  readonly kind: string
  readonly data: readonly string[]
  readonly id?: string
  readonly every?: string
  readonly from?: string
  readonly to?: string
  readonly param?: readonly string[]
  readonly indicators?: readonly string[]
  readonly labels?: 'tripleBarrier' | 'forwardReturn'
  readonly seed: number
  readonly workers: number
  readonly out: string
  readonly sign?: string
  readonly resume?: true
}

/** `aster train`: a model from recorded prices, judged out of sample beside its controls. */
export function trainCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('train')
    .description('train a model on recorded prices and judge it out of sample beside naive controls')
    .option('--kind <name>', 'classifier, ppo or volatility, from bars; orderFlow, from trades and quotes in JSONL')
    .option('--data <paths...>', 'files or a folder of CSV or JSONL, plain or gzip, of one instrument')
    .option('--id <name>', 'name under which versions follow each other (default: <kind>-<instrument>)')
    .option('--every <span>', 'make longer bars first: 1h')
    .option('--from <time>', 'first bar that is wanted: 2019-01-01', timeOf('from'))
    .option('--to <time>', 'first bar that is no longer wanted', timeOf('to'))
    .option('--param <name=value>', 'change a parameter of the model; may be repeated', collect)
    .option('--indicators <names...>', 'features to make (default: all 41)')
    .addOption(
      new Option('--labels <kind>', 'what is to be learnt (default: what fits the kind)').choices([
        'tripleBarrier',
        'forwardReturn',
      ]),
    )
    .option('--seed <number>', 'seed of everything random', numberOf('seed', wholeNumber), 1)
    .option(
      '--workers <number>',
      'threads that share the work; the result is the same',
      numberOf('workers', atLeastOne),
      1,
    )
    .option('--out <folder>', 'folder of the models', 'models')
    .option('--sign <file>', 'private Ed25519 key in PEM that signs the artifact')
    .option('--resume', 'go on with a training of the same id that was interrupted')
  return addMarketOptions(command).action(
    action<TrainCommandOptions>(context, finish, (options) => trainWork(context, options)),
  )
}

async function trainWork(context: CliContext, options: TrainCommandOptions): Promise<CommandResult> {
  const { io, clock } = context
  requireOptions(options, ['kind', 'data'], `${io.program} train --kind classifier --data BTCUSD_1h.csv`)
  openRange(options)
  const started = clock.monotonic()
  const { data, instrument } = await dataToLearn(context, options)
  const spec = trainSpecOf(
    { ...options, id: options.id, params: options.param ?? [], indicators: options.indicators, labels: options.labels },
    instrument.split('.')[0]!,
  )
  const folder = resolve(io.folder, options.out)
  const sign = options.sign === undefined ? undefined : artifactSigner(readKey(options.sign, io.folder))
  const artifact = await trainWithCheckpoints(context, {
    spec,
    data,
    folder,
    workers: options.workers,
    resume: options.resume ?? false,
  })
  const repository = folderRepository({ folder, ...(sign ? { sign } : {}) })
  const address = await repository.put(artifact, moveAuthor(clock))
  const elapsedMs = Math.round(clock.monotonic() - started)
  const { manifest } = artifact
  const bars = 'close' in data ? data.length : 0
  if (2 * manifest.trainRange.rows < bars) context.note(rowsNote(bars, manifest.trainRange.rows))
  const { id, kind, metrics, trainRange, files } = manifest
  const place = join(relative(io.folder, folder) || '.', id, address)
  return {
    json: {
      command: 'train',
      id,
      kind,
      address,
      folder: place,
      trainRange,
      metrics,
      warnings: warningsOf(metrics),
      files,
      elapsedMs,
    },
    text: () =>
      [
        ...trainingText(manifest),
        '',
        `Files      ${place}/`,
        `           ${['manifest.json', ...files.map(({ name }) => name)].join(', ')}`,
        `Stage      ${stageText(kind, id)}`,
      ].join('\n'),
  }
}

/** What can be done with a candidate: the ensemble of the command line takes two kinds. */
function stageText(kind: string, id: string): string {
  const isTaken = kind === 'classifier' || kind === 'ppo'
  return isTaken ? `candidate: aster backtest --strategy ensemble --model ${id} tries it` : 'candidate'
}

function rowsNote(bars: number, rows: number): string {
  const share = `${numberText(bars, 0)} bars make ${numberText(rows, 0)} rows to train on`
  return `Note: ${share}: indicators warm up first. Fewer --indicators take less; kama takes thousands of bars.`
}

function readKey(name: string, folder: string): string {
  const path = resolve(folder, name)
  if (!existsSync(path)) throw missingFile(name, path, 'Key')
  return readFileSync(path, 'utf8')
}

interface LearningData {
  readonly data: TrainData
  readonly instrument: string
}

/** Bars, or for a kind that learns from them trades and quotes, of the one instrument that is meant. */
async function dataToLearn(context: CliContext, options: TrainCommandOptions): Promise<LearningData> {
  if (kindOf(options.kind).trainedOn === 'bars') {
    const bars = barsToLearn(context, options)
    return { data: bars, instrument: bars.instrument }
  }
  const useless = (['every', 'indicators', 'labels'] as const).find((name) => options[name] !== undefined)
  if (useless !== undefined) {
    throw new ConfigError(`A model of kind "${options.kind}" learns from trades and quotes and has no --${useless}.`, {
      code: 'USAGE',
      hints: [`Leave --${useless} out.`],
    })
  }
  const { from, to } = options
  const data = await tradesToLearn({ ...recordedMarket(options.data, options), from, to }, context.place)
  return { data, instrument: data[0]!.instrument }
}

/** The bars of the one instrument that is meant. */
function barsToLearn({ place, note }: CliContext, options: TrainCommandOptions): Bars {
  const { series, issues } = openMarket(
    { ...recordedMarket(options.data, options), from: options.from, to: options.to },
    place,
  )
  for (const line of issueNotes(issues)) note(line)
  const [bars] = series
  if (bars === undefined || series.length > 1) {
    throw new ConfigError(`A model learns from one instrument; these are ${series.length}.`, {
      code: 'USAGE',
      hints: [`Give the file of one of ${series.map(({ instrument }) => instrument).join(', ')}.`],
    })
  }
  return options.every === undefined ? bars : resampleBars(bars, { interval: options.every }).bars
}

interface TrainingJob {
  readonly spec: TrainSpec
  readonly data: TrainData
  readonly folder: string
  readonly workers: number
  readonly resume: boolean
}

/** Trains in threads; Ctrl-C leaves a checkpoint that `--resume` goes on from. */
async function trainWithCheckpoints({ io, clock }: CliContext, job: TrainingJob): Promise<ModelArtifact> {
  const { spec, data, folder } = job
  const checkpoint = await checkpointFile(join(folder, `.${spec.id}.checkpoint`))
  const abort = new AbortController()
  const release = io.onInterrupt(() => abort.abort())
  const progress = createProgress(io, { label: `Training ${spec.id}`, clock })
  try {
    const artifact = await trainInThreads(spec, data, {
      workers: job.workers,
      onProgress: (ratio) => progress.update(ratio),
      onCheckpoint: (state) => checkpoint.write(state),
      resume: job.resume ? checkpoint.read() : undefined,
      signal: abort.signal,
    })
    checkpoint.remove()
    return artifact
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'CANCELLED') throw error
    throw new InterruptedError([
      checkpoint.exists()
        ? 'The same command with --resume goes on after the last part that was done.'
        : 'Nothing was kept: no part was done yet.',
    ])
  } finally {
    progress.stop()
    release()
  }
}
