import { parentPort, workerData } from 'node:worker_threads'
import { type OpenTraining, openTraining, type TrainingProgress } from '@astertrade/models'
import type { TrainFailure, TrainMessage, TrainTask, TrainWork } from './trainTask.js'

/** Share of the work after which progress is told again: a message for each batch would cost more than the batch. */
const progressStep = 1 / 500

const { spec, data, cancel } = workerData as TrainTask
let training: OpenTraining | undefined
let told = -1

parentPort!.on('message', (work: TrainWork) => {
  told = -1
  try {
    say(answer(work))
  } catch (error) {
    say({ kind: 'failed', failure: failureOf(error) })
  }
})

function answer(work: TrainWork): TrainMessage {
  training ??= openTraining(spec, data)
  const hooks = { report, cancelled: () => Atomics.load(cancel, 0) === 1 }
  if (work.kind === 'rest') {
    const { manifest, files } = training.finish({ ...hooks, parts: work.parts })
    return { kind: 'trained', manifest, files }
  }
  const checkpoint = (state: Uint8Array): void => say({ kind: 'checkpoint', state })
  const resume = work.resume ? { resume: work.resume } : {}
  return { kind: 'part', result: training.part(work.part, { ...hooks, checkpoint, ...resume }) }
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
