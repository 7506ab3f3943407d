import { ConfigError, createHasher, createRandom } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { purgedKFold } from '../evaluate/purgedKFold.js'
import type { Fold } from '../evaluate/spans.js'
import type { TrainingHooks } from '../modelKind.js'
import { decodeTensors, encodeTensors } from '../tensors.js'
import type { ClassifierParams } from './classifierParams.js'
import { type CommitteeInput, scoreRows, splitCommitteeRows, trainCommittee } from './committee.js'

/** What was forecast for each row by models that had nothing to do with it. */
export interface OutOfSample {
  readonly folds: readonly Fold[]
  /** By row: `real[row * classCount + class]`. */
  readonly real: Float32Array
  /** The same for labels that were dealt to other rows: what is found there is no skill. */
  readonly shuffled: Float32Array
  /** Which row's label each row was dealt. */
  readonly dealt: Int32Array
}

/**
 * Cross-validates a committee by purged folds with an embargo, once with the labels and once with shuffled ones.
 *
 * After each fold it hands out a checkpoint; from that it goes on to the same numbers. Folds that come as parts are not trained again.
 *
 * @throws ConfigError `NO_ROWS` if there are fewer rows than folds or a fold has nothing to learn from, `CANCELLED` if a hook says so,
 * `BAD_CHECKPOINT` if `resume` or a part is of another training.
 */
export function forecastOutOfSample(input: Omit<CommitteeInput, 'classes'>, hooks: TrainingHooks): OutOfSample {
  const { data } = input
  const { folds, dealt, jobs, real, shuffled } = foldJobs(input)
  const progress: Progress = { done: Int32Array.of(0), real, shuffled }
  const identity = hooks.checkpoint || hooks.resume ? identityOf(input) : new Uint8Array(0)
  if (hooks.resume) openProgress(hooks.resume, identity, progress)
  for (const job of jobs) {
    if (job.part < progress.done[0]!) continue
    const part = hooks.parts?.[job.part]
    if (part) putForecasts(part, job, data)
    else trainFold(input, job, stageHooks(hooks, stageOf(job, jobs.length)))
    progress.done[0] = job.part + 1
    hooks.checkpoint?.(writeProgress(identity, progress))
  }
  return { folds, real, shuffled, dealt }
}

/** Parts of a training that do not depend on each other: each fold, with the labels and with shuffled ones. */
export function outOfSampleParts({ folds }: ClassifierParams): number {
  return 2 * folds
}

/** Trains one fold; what it answers are its forecasts, for `parts` of the whole training. */
export function trainOutOfSamplePart(
  input: Omit<CommitteeInput, 'classes'>,
  part: number,
  hooks: TrainingHooks,
): Uint8Array {
  const { jobs } = foldJobs(input)
  const job = jobs[part]
  if (job === undefined) {
    throw new ConfigError(`The training has no part "${part}".`, {
      code: 'BAD_PARAMETER',
      hints: [`Its parts are 0 to ${jobs.length - 1}.`],
    })
  }
  trainFold(input, job, stageHooks(hooks, { ...stageOf(job, jobs.length), from: 0, share: 1 }))
  const { classCount } = input.data.labels
  const forecasts = new Float32Array(job.fold.test.length * classCount)
  job.fold.test.forEach((row, index) => {
    forecasts.set(job.out.subarray(row * classCount, (row + 1) * classCount), index * classCount)
  })
  return encodeTensors([{ name: 'forecasts', shape: [forecasts.length], data: forecasts }])
}

interface FoldJob {
  readonly part: number
  readonly name: string
  readonly fold: Fold
  readonly index: number
  readonly classes: Uint8Array
  readonly out: Float32Array
}

interface FoldJobs extends OutOfSample {
  readonly jobs: readonly FoldJob[]
}

function foldJobs({ data, params, seed }: Omit<CommitteeInput, 'classes'>): FoldJobs {
  const { classCount, classes } = data.labels
  const folds = classifierFolds(data, params)
  const dealt = dealRows(data.rows, seed)
  const [real, shuffled] = [new Float32Array(data.rows * classCount), new Float32Array(data.rows * classCount)]
  const runs = [
    { name: 'fold', classes, out: real },
    { name: 'shuffled fold', classes: Uint8Array.from(dealt, (row) => classes[row]!), out: shuffled },
  ]
  const jobs = runs.flatMap((run) => folds.map((fold, index) => ({ ...run, fold, index })))
  return { folds, dealt, real, shuffled, jobs: jobs.map((job, part) => ({ ...job, part })) }
}

function stageOf({ name, index, part }: FoldJob, jobs: number): Stage {
  return { stage: `${name} ${index + 1} of ${jobs / 2}`, from: part / (jobs + 1), share: 1 / (jobs + 1) }
}

function trainFold(input: Omit<CommitteeInput, 'classes'>, job: FoldJob, hooks: TrainingHooks): void {
  const { data, params, seed } = input
  const committee = trainCommittee(
    { ...input, classes: job.classes, seed: seed + job.index + 1 },
    splitCommitteeRows(data, job.fold.train, params.stopShare),
    hooks,
  )
  scoreRows(committee, data, job.fold.test, job.out)
}

function putForecasts(part: Uint8Array, { fold: { test }, out }: FoldJob, { labels: { classCount } }: Dataset): void {
  const forecasts = decodeTensors(part).get('forecasts')?.data
  if (!(forecasts instanceof Float32Array) || forecasts.length !== test.length * classCount) throw foreign()
  test.forEach((row, index) => {
    out.set(forecasts.subarray(index * classCount, (index + 1) * classCount), row * classCount)
  })
}

interface Stage {
  readonly stage: string
  readonly from: number
  readonly share: number
}

/** Hooks of a part of a training: its progress becomes a share of the whole, and checkpoints stay with the whole. */
export function stageHooks(hooks: TrainingHooks, { stage, from, share }: Stage): TrainingHooks {
  const { report, cancelled } = hooks
  return {
    ...(cancelled ? { cancelled: () => cancelled() } : {}),
    ...(report
      ? {
          report: (progress) =>
            report({ ...progress, stage: `${stage}: ${progress.stage}`, done: from + share * progress.done }),
        }
      : {}),
  }
}

function classifierFolds({ times, labels, rows }: Dataset, params: ClassifierParams): readonly Fold[] {
  const span = rows > 0 ? times[rows - 1]! - times[0]! : 0
  return purgedKFold({
    starts: times,
    ends: labels.ends,
    folds: params.folds,
    embargo: Math.round(params.embargoShare * span),
  })
}

/** A random order of the rows. Fisher and Yates (1938), as by Durstenfeld (1964). */
function dealRows(rows: number, seed: number): Int32Array {
  const random = createRandom(seed).stream('classifier/shuffle')
  const dealt = Int32Array.from({ length: rows }, (_, row) => row)
  for (let row = rows - 1; row > 0; row--) {
    const other = random.integer(0, row)
    const kept = dealt[row]!
    dealt[row] = dealt[other]!
    dealt[other] = kept
  }
  return dealt
}

interface Progress {
  /** Folds done, those of the shuffled labels behind the others. */
  readonly done: Int32Array
  readonly real: Float32Array
  readonly shuffled: Float32Array
}

function writeProgress(identity: Uint8Array, { done, real, shuffled }: Progress): Uint8Array {
  const tensors = { identity, done, real, shuffled }
  return encodeTensors(Object.entries(tensors).map(([name, data]) => ({ name, shape: [data.length], data })))
}

function openProgress(bytes: Uint8Array, identity: Uint8Array, progress: Progress): void {
  const tensors = decodeTensors(bytes)
  const take = <Data extends Float32Array | Int32Array | Uint8Array>(name: string, like: Data): Data => {
    const data = tensors.get(name)?.data
    if (data?.constructor === like.constructor && data.length === like.length) return data as Data
    throw foreign()
  }
  if (take('identity', identity).some((byte, index) => byte !== identity[index])) throw foreign()
  progress.done.set(take('done', progress.done))
  progress.real.set(take('real', progress.real))
  progress.shuffled.set(take('shuffled', progress.shuffled))
}

const blockLength = 65_536

/** Characters of a digest of all that the forecasts depend on. */
function identityOf({ data, params, seed }: Omit<CommitteeInput, 'classes'>): Uint8Array {
  const { features, labels, times, schema } = data
  const hasher = createHasher().json({ params, seed, schema, rows: data.rows, labels: labels.spec })
  for (const column of [features, times, labels.classes, labels.ends, labels.weights]) {
    for (let from = 0; from < column.length; from += blockLength) {
      hasher.column(Float64Array.from(column.subarray(from, from + blockLength)))
    }
  }
  return Uint8Array.from(hasher.digest(), (digit) => digit.charCodeAt(0))
}

function foreign(): ConfigError {
  return new ConfigError('The checkpoint is of another training.', {
    code: 'BAD_CHECKPOINT',
    hints: ['Resume with the data, parameters and seed that it was taken with, or start anew.'],
  })
}
