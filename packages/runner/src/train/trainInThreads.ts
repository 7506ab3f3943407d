import { type ModelArtifact, type TrainData, type TrainSpec, trainParts } from '@astertrade/models'
import { trainInThread } from './trainInThread.js'

/** How a training is spread over threads, and what happens beside it. */
export interface TrainInThreadsOptions {
  /** Threads that share the parts of a training, where it has any. */
  readonly workers: number
  /** Hears how far it is, a share from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
  /** Takes the state from which `resume` goes on. */
  readonly onCheckpoint?: (state: Uint8Array) => void
  readonly resume?: Uint8Array | undefined
  /** Ends the training early; it is then refused with code `CANCELLED`. */
  readonly signal?: AbortSignal
}

/**
 * Trains in threads: the parts that do not depend on each other side by side, then the rest in one. The result is that of
 * `trainJob`, byte for byte, whatever the number of threads.
 *
 * @throws ConfigError as `trainJob` does; InvariantError if a thread dies.
 * @example
 * const artifact = await trainInThreads(spec, bars, { workers: 4 })
 * artifact.manifest.id // => 'classifier-btc-1h'
 */
export async function trainInThreads(
  spec: TrainSpec,
  data: TrainData,
  { workers, onProgress, onCheckpoint, resume, signal }: TrainInThreadsOptions,
): Promise<ModelArtifact> {
  const cancel = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const stop = (): void => {
    Atomics.store(cancel, 0, 1)
  }
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  // A training that goes on from a checkpoint, or has one thread, does its parts in order and keeps them as it goes.
  const count = workers > 1 && resume === undefined ? trainParts(spec) : 0
  const parts: Uint8Array[] = []
  const shares = new Float64Array(count + 1)
  const tell = (task: number, done: number): void => {
    shares[task] = done
    onProgress?.(shares.reduce((sum, share) => sum + share, 0) / shares.length)
  }
  let next = 0
  const share = async (): Promise<void> => {
    for (let part = next++; part < count; part = next++) {
      const task = { spec, data, cancel, work: { kind: 'part', part } } as const
      parts[part] = (await trainInThread(task, { onProgress: ({ done }) => tell(part, done) })) as Uint8Array
      tell(part, 1)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(workers, count) }, share))
    return (await trainInThread(
      { spec, data, cancel, work: { kind: 'whole', resume, parts } },
      { onProgress: ({ done }) => tell(count, done), ...(onCheckpoint ? { onCheckpoint } : {}) },
    )) as ModelArtifact
  } catch (error) {
    // The other threads stop as well.
    stop()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
