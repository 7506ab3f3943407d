import { type ModelArtifact, type TrainData, type TrainSpec, trainParts } from '@astertrade/models'
import { type KeptParts, packParts, trainingIdentity, unpackParts } from './keptParts.js'
import { type TrainThread, trainThread } from './trainThread.js'

/** How a training is spread over threads, and what happens beside it. */
export interface TrainInThreadsOptions {
  /** Threads that share the parts of a training, where it has any. */
  readonly workers: number
  /** Hears how far it is, a share from 0 to 1. */
  readonly onProgress?: (ratio: number) => void
  /** Takes the state from which `resume` goes on, with any number of threads. */
  readonly onCheckpoint?: (state: Uint8Array) => void
  readonly resume?: Uint8Array | undefined
  /** Ends the training early; it is then refused with code `CANCELLED`. */
  readonly signal?: AbortSignal
}

/**
 * Trains in threads: the parts that do not depend on each other side by side, then the rest in one. The result is that of
 * `trainJob`, byte for byte, whatever the number of threads and however often it was cut short and resumed.
 *
 * @throws ConfigError as `trainJob` does, `BAD_CHECKPOINT` if `resume` is of another training or damaged; InvariantError if a
 * thread dies.
 * @example
 * const artifact = await trainInThreads(spec, bars, { workers: 4 })
 * artifact.manifest.id // => 'classifier-btc-1h'
 */
export async function trainInThreads(
  spec: TrainSpec,
  data: TrainData,
  { workers, onProgress, onCheckpoint, resume, signal }: TrainInThreadsOptions,
): Promise<ModelArtifact> {
  const count = trainParts(spec)
  const identity = resume || onCheckpoint ? trainingIdentity(spec, data) : ''
  const kept: KeptParts = resume ? unpackParts(resume, identity, count) : { done: new Map(), running: new Map() }
  const open = Array.from({ length: count }, (_, part) => part).filter((part) => !kept.done.has(part))
  const cancel = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const stop = (): void => {
    Atomics.store(cancel, 0, 1)
  }
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  const threads = Array.from({ length: Math.max(1, Math.min(workers, open.length)) }, () => {
    return trainThread({ spec, data, cancel })
  })
  const tell = progressTeller(count, kept, onProgress)
  const keep = (): void => onCheckpoint?.(packParts(identity, kept))
  try {
    await allSettled(
      threads.map((thread) => doParts(thread, { open, kept, keep, tell })),
      stop,
    )
    const parts = Array.from({ length: count }, (_, part) => kept.done.get(part)!)
    return await threads[0]!.rest(parts, { onProgress: ({ done }) => tell(count, done) })
  } finally {
    signal?.removeEventListener('abort', stop)
    await Promise.all(threads.map((thread) => thread.end()))
  }
}

interface SharedParts {
  /** Parts that nobody has taken yet. */
  readonly open: number[]
  readonly kept: KeptParts
  readonly keep: () => void
  readonly tell: (task: number, done: number) => void
}

/** Takes one part after another while there are any. */
async function doParts(thread: TrainThread, { open, kept, keep, tell }: SharedParts): Promise<void> {
  for (let part = open.shift(); part !== undefined; part = open.shift()) {
    const own = part
    const result = await thread.part(own, kept.running.get(own), {
      onProgress: ({ done }) => tell(own, done),
      onCheckpoint(state) {
        kept.running.set(own, state)
        keep()
      },
    })
    kept.running.delete(own)
    kept.done.set(own, result)
    tell(own, 1)
    keep()
  }
}

/** Tells the share of all parts and the rest together. */
function progressTeller(
  count: number,
  { done }: KeptParts,
  onProgress: ((ratio: number) => void) | undefined,
): SharedParts['tell'] {
  const shares = Float64Array.from({ length: count + 1 }, (_, task) => (done.has(task) ? 1 : 0))
  return (task, share) => {
    shares[task] = share
    onProgress?.(shares.reduce((sum, one) => sum + one, 0) / shares.length)
  }
}

/** Waits for all, so that nothing is written behind the back of who gets the first error. */
async function allSettled(works: readonly Promise<void>[], stop: () => void): Promise<void> {
  let first: { readonly error: unknown } | undefined
  await Promise.all(
    works.map((work) =>
      work.catch((error: unknown) => {
        first ??= { error }
        stop()
      }),
    ),
  )
  if (first !== undefined) throw first.error
}
