import type { ModelArtifact } from './artifact.js'
import type { Dataset } from './dataset.js'
import type { Model } from './model.js'

/** How far a training has come. */
export interface TrainingProgress {
  /** What is being done, such as `fold 2 of 5`. */
  readonly stage: string
  /** From 0 to 1. */
  readonly done: number
  /** Figures of the moment, such as `{ loss: 0.61 }`. */
  readonly figures: Readonly<Record<string, number>>
}

/** What happens beside a training; nothing of it changes the result. */
export interface TrainingHooks {
  report?(progress: TrainingProgress): void
  /** True to stop early; the training then throws a ConfigError with code `CANCELLED`. */
  cancelled?(): boolean
  /** Takes the whole state of the training, from which `resume` continues to the same bytes. */
  checkpoint?(state: Uint8Array): void
  readonly resume?: Uint8Array
  /** Parts that were trained elsewhere, such as by other threads: what `parts.train` of the kind has answered, by part. */
  readonly parts?: readonly (Uint8Array | undefined)[]
}

/** What to train. */
export interface TrainingRequest<Params> {
  /** Name under which versions follow each other. */
  readonly id: string
  readonly data: Dataset
  readonly params: Params
  readonly seed: number
}

/** Parts of a training that do not depend on each other; who did which changes nothing of the result. */
export interface TrainingParts<Params> {
  count(params: Params): number
  /** Does one of them; `train` takes the answers as `hooks.parts`. */
  train(request: TrainingRequest<Params>, part: number, hooks?: TrainingHooks): Uint8Array
}

/**
 * A kind of model that learns: training is a pure function of its request, so the same seed gives the same bytes on any machine
 * and for any number of workers.
 */
export interface ModelKind<Params> {
  /** Kind in the manifest. */
  readonly kind: string
  readonly defaults: Params
  /** @throws ConfigError with code `NO_ROWS` if nothing is left to train on, or if a parameter is out of range. */
  train(request: TrainingRequest<Params>, hooks?: TrainingHooks): ModelArtifact
  /** The parts of its training that can be done beside each other; absent where there are none. */
  readonly parts?: TrainingParts<Params>
  /** @throws ConfigError if the artifact is damaged, of another kind or format, or misses its golden rows. */
  load(artifact: ModelArtifact): Model
}
