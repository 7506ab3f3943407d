import { parentPort, workerData } from 'node:worker_threads'
import { type TrainingProgress, trainJob, trainPart } from '@astertrade/models'
import type { TrainFailure, TrainMessage, TrainTask } from './trainTask.js'

/** Share of the work after which progress is told again: a message for each batch would cost more than the batch. */
const progressStep = 1 / 500

const { spec, data, cancel, work } = workerData as TrainTask
const hooks = { report, cancelled: () => Atomics.load(cancel, 0) === 1 }
let told = -1

try {
  say(train())
} catch (error) {
  say({ kind: 'failed', failure: failureOf(error) })
}

function train(): TrainMessage {
  if (work.kind === 'part') return { kind: 'part', result: trainPart(spec, data, work.part, hooks) }
  const { resume, parts } = work
  const { manifest, files } = trainJob(spec, data, {
    ...hooks,
    parts,
    checkpoint: (state) => say({ kind: 'checkpoint', state }),
    ...(resume ? { resume } : {}),
  })
  return { kind: 'trained', manifest, files }
}

function report(progress: TrainingProgress): void {
  if (progress.done < told + progressStep && progress.done >= told) return
  told = progress.done
  say({ kind: 'progress', progress })
}

function say(message: TrainMessage): void {
  parentPort!.postMessage(message)
}

function failureOf(error: unknown): TrainFailure {
  const { name, message, code, hints } = error as Error & { code?: unknown; hints?: unknown }
  return {
    name,
    message,
    code: typeof code === 'string' ? code : undefined,
    hints: Array.isArray(hints) ? hints.map(String) : [],
  }
}
