import { Worker } from 'node:worker_threads'
import { ConfigError, InvariantError } from '@astertrade/core'
import type { ModelArtifact, TrainingProgress } from '@astertrade/models'
import type { TrainFailure, TrainMessage, TrainTask, TrainWork } from './trainTask.js'
import { trainWorkerUrl } from './trainWorkerUrl.js'

/** What happens beside a piece of work. */
export interface ThreadHooks {
  readonly onProgress: (progress: TrainingProgress) => void
  readonly onCheckpoint?: (state: Uint8Array) => void
}

/** A thread that does one piece of a training after another, so that this one stays free. */
export interface TrainThread {
  /**
   * Does one part and answers with its result.
   *
   * @throws ConfigError as `trainPart` does; InvariantError if the thread dies.
   */
  part(part: number, resume: Uint8Array | undefined, hooks: ThreadHooks): Promise<Uint8Array>
  /**
   * Does what is left when the parts are done.
   *
   * @throws ConfigError as `trainJob` does; InvariantError if the thread dies.
   */
  rest(parts: readonly Uint8Array[], hooks: ThreadHooks): Promise<ModelArtifact>
  end(): Promise<unknown>
}

type TrainResult = Uint8Array | ModelArtifact

/** Starts a thread for a training. It is asked for one thing at a time. */
export function trainThread(task: TrainTask): TrainThread {
  // Options of the program, such as --input-type, say nothing of this file.
  const worker = new Worker(trainWorkerUrl(import.meta.url), { workerData: task, execArgv: [] })
  const death = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new InvariantError(`The training thread ended with code "${code}".`)))
  })
  // Told to who asks; a thread that nobody waits for may end.
  death.catch(() => undefined)
  const ask = async (work: TrainWork, hooks: ThreadHooks): Promise<TrainResult> => {
    worker.postMessage(work)
    return Promise.race([death, answerOf(worker, hooks)])
  }
  return {
    part: async (part, resume, hooks) => (await ask({ kind: 'part', part, resume }, hooks)) as Uint8Array,
    rest: async (parts, hooks) => (await ask({ kind: 'rest', parts }, hooks)) as ModelArtifact,
    end: () => worker.terminate(),
  }
}

/** Listens until the work is done. */
function answerOf(worker: Worker, hooks: ThreadHooks): Promise<TrainResult> {
  let hear: (message: TrainMessage) => void
  const answer = new Promise<TrainResult>((resolve, reject) => {
    hear = (message) => {
      try {
        const result = resultOf(message, hooks)
        if (result) resolve(result)
      } catch (error) {
        reject(error)
      }
    }
    worker.on('message', hear)
  })
  return answer.finally(() => worker.off('message', hear))
}

/** The result that a message brings; of others, what is beside it is told. */
function resultOf(message: TrainMessage, { onProgress, onCheckpoint }: ThreadHooks): TrainResult | undefined {
  switch (message.kind) {
    case 'progress':
      onProgress(message.progress)
      return undefined
    case 'checkpoint':
      onCheckpoint?.(message.state)
      return undefined
    case 'part':
      return message.result
    case 'trained':
      return { manifest: message.manifest, files: message.files }
    case 'failed':
      throw errorOf(message.failure)
  }
}

function errorOf({ name, message, code, hints }: TrainFailure): Error {
  if (code === undefined) return new InvariantError(`The training thread failed: ${name}: ${message}`)
  return name === 'InvariantError'
    ? new InvariantError(message, { code, hints })
    : new ConfigError(message, { code, hints })
}
