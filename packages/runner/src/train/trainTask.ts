import type { ModelManifest, TrainData, TrainingProgress, TrainSpec } from '@astertrade/models'

/** What a thread is for: plain data, and memory that it shares with who started it. */
export interface TrainTask {
  readonly spec: TrainSpec
  readonly data: TrainData
  /** Set to 1 from outside to end the training early. */
  readonly cancel: Int32Array
}

/** What a thread is asked to do next: one part, from its state where it has one, or the rest with the parts that are done. */
export type TrainWork =
  | { readonly kind: 'part'; readonly part: number; readonly resume: Uint8Array | undefined }
  | { readonly kind: 'rest'; readonly parts: readonly Uint8Array[] }

/** An error as data. */
export interface TrainFailure {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly hints: readonly string[]
}

/** What a thread says. */
export type TrainMessage =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'checkpoint'; readonly state: Uint8Array }
  | { readonly kind: 'part'; readonly result: Uint8Array }
  | { readonly kind: 'trained'; readonly manifest: ModelManifest; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'failed'; readonly failure: TrainFailure }
