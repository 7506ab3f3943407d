import { Worker } from 'node:worker_threads'
import { ConfigError, InvariantError } from '@astertrade/core'
import type { ModelArtifact, TrainingProgress } from '@astertrade/models'
import type { TrainFailure, TrainMessage, TrainTask } from './trainTask.js'
import { trainWorkerUrl } from './trainWorkerUrl.js'

/** What happens beside a task. */
export interface ThreadHooks {
  readonly onProgress: (progress: TrainingProgress) => void
  readonly onCheckpoint?: (state: Uint8Array) => void
}

/** What a task comes to: a part, or the artifact. */
export type ThreadResult = Uint8Array | ModelArtifact

/**
 * Does one task in a thread of its own, so that this one stays free.
 *
 * @throws ConfigError as `trainJob` and `trainPart` do; InvariantError if the thread dies.
 */
export function trainInThread(task: TrainTask, { onProgress, onCheckpoint }: ThreadHooks): Promise<ThreadResult> {
  // Options of the program, such as --input-type, say nothing of this file.
  const worker = new Worker(trainWorkerUrl(import.meta.url), { workerData: task, execArgv: [] })
  return new Promise<ThreadResult>((resolve, reject) => {
    worker.on('message', (message: TrainMessage) => {
      switch (message.kind) {
        case 'progress':
          onProgress(message.progress)
          break
        case 'checkpoint':
          onCheckpoint?.(message.state)
          break
        case 'part':
          resolve(message.result)
          break
        case 'trained':
          resolve({ manifest: message.manifest, files: message.files })
          break
        case 'failed':
          reject(errorOf(message.failure))
      }
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new InvariantError(`The training thread ended with code "${code}".`)))
  }).finally(() => worker.terminate())
}

function errorOf({ name, message, code, hints }: TrainFailure): Error {
  if (code === undefined) return new InvariantError(`The training thread failed: ${name}: ${message}`)
  return name === 'InvariantError'
    ? new InvariantError(message, { code, hints })
    : new ConfigError(message, { code, hints })
}
