import type { ModelArtifact } from './artifact.js'
import type { TrainingHooks } from './modelKind.js'
import { openTraining } from './openTraining.js'
import { specKind } from './specKind.js'
import type { TrainData, TrainSpec } from './trainSpec.js'

/** What happens beside a job, and what is known of its bars. */
export interface TrainJobOptions extends TrainingHooks {
  /** 1 for each bar that was made up, such as `fillGaps` returns it; such bars make no rows. */
  readonly synthetic?: Uint8Array
}

/**
 * Trains a model from a plain description: features, labels, rows, training, artifact.
 *
 * A pure function: the same spec and data give the same bytes in a test, in a worker and on any machine. The artifact also says which
 * features to make, so that `loadModel` needs nothing else. Classifier, PPO and volatility are trained on bars, order flow on
 * trades and quotes.
 *
 * @throws ConfigError with code `UNKNOWN_KIND` or `UNKNOWN_PARAMETER` that names the nearest known one, with `BAD_DATASET` for data of another
 * form, with `NO_ROWS` if the data make no row, and whatever the kind refuses.
 * @example
 * const artifact = trainJob({ id: 'classifier-btc-1h', kind: 'classifier', seed: 1 }, bars)
 * artifact.manifest.metrics // out-of-sample figures beside those of the controls
 */
export function trainJob(spec: TrainSpec, data: TrainData, options: TrainJobOptions = {}): ModelArtifact {
  const { synthetic, ...hooks } = options
  return openTraining(spec, data, synthetic).finish(hooks)
}

/** Parts of a job that threads can share before one of them does the rest; 0 where there are none. */
export function trainParts(spec: TrainSpec): number {
  const { kind, params } = specKind(spec)
  return kind.model.parts?.count(params) ?? 0
}

/**
 * Does one part of a job. `trainJob` with the answers as `parts` gives the bytes that it gives without.
 *
 * @throws ConfigError as `trainJob`; `BAD_PARAMETER` if there is no such part.
 * @example
 * const parts = Array.from({ length: trainParts(spec) }, (_, part) => trainPart(spec, bars, part))
 * addressOf(trainJob(spec, bars, { parts })) === addressOf(trainJob(spec, bars)) // => true
 */
export function trainPart(
  spec: TrainSpec,
  data: TrainData,
  part: number,
  { synthetic, ...hooks }: TrainJobOptions = {},
): Uint8Array {
  return openTraining(spec, data, synthetic).part(part, hooks)
}
