import type { ModelManifest, TrainData, TrainingProgress, TrainSpec } from '@astertrade/models'

/** What a worker is given: plain data, and memory that it shares with who asked. */
export interface TrainTask {
  readonly spec: TrainSpec
  readonly data: TrainData
  /** Set to 1 from outside to end the training early. */
  readonly cancel: Int32Array
  /** What to do: one part, or the whole with the parts that are done. */
  readonly work:
    | { readonly kind: 'part'; readonly part: number }
    | { readonly kind: 'whole'; readonly resume: Uint8Array | undefined; readonly parts: readonly Uint8Array[] }
}

/** An error as data. */
export interface TrainFailure {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly hints: readonly string[]
}

/** What a worker says. */
export type TrainMessage =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'checkpoint'; readonly state: Uint8Array }
  | { readonly kind: 'part'; readonly result: Uint8Array }
  | { readonly kind: 'trained'; readonly manifest: ModelManifest; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'failed'; readonly failure: TrainFailure }
