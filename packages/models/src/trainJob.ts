import { ConfigError, nearest } from '@astertrade/core'
import type { ModelArtifact } from './artifact.js'
import type { FeatureSpec } from './features/featureSpec.js'
import { makeArtifact } from './makeArtifact.js'
import type { TrainingHooks } from './modelKind.js'
import { modelKinds, type TrainableKind } from './modelKinds.js'
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
  const { kind, params } = kindOf(spec)
  const rows = kind.rowsOf(spec, data, synthetic)
  const artifact = kind.model.train({ id: spec.id, data: rows, params, seed: spec.seed }, hooks)
  return kind.reads === 'features' && rows.spec ? withFeatures(artifact, rows.spec) : artifact
}

/** Parts of a job that threads can share before one of them does the rest; 0 where there are none. */
export function trainParts(spec: TrainSpec): number {
  const { kind, params } = kindOf(spec)
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
  const { kind, params } = kindOf(spec)
  const { parts } = kind.model
  if (parts === undefined) {
    throw new ConfigError(`A training of kind "${spec.kind}" has no parts.`, { code: 'BAD_PARAMETER' })
  }
  const rows = kind.rowsOf(spec, data, synthetic)
  return parts.train({ id: spec.id, data: rows, params, seed: spec.seed }, part, hooks)
}

/** The kind that a spec names, and its parameters with the defaults. */
function kindOf({ kind, params = {} }: TrainSpec): { readonly kind: TrainableKind; readonly params: never } {
  const found = Object.hasOwn(modelKinds, kind) ? modelKinds[kind] : undefined
  if (found === undefined) throw unknown('UNKNOWN_KIND', 'kind of model', kind, Object.keys(modelKinds))
  const defaults: object = found.model.defaults
  const known = [...new Set([...Object.keys(defaults), ...Object.keys(found.optional ?? {})])]
  const strange = Object.keys(params).find((name) => !known.includes(name))
  if (strange !== undefined) throw unknown('UNKNOWN_PARAMETER', `parameter of ${kind}`, strange, known)
  return { kind: found, params: { ...defaults, ...params } as never }
}

/** The artifact with its choice of features in `extra`. */
function withFeatures({ manifest, files }: ModelArtifact, { indicators, columns, groups }: FeatureSpec): ModelArtifact {
  const { files: _, format: __, ...rest } = manifest
  const features = { indicators, columns, groups }
  return makeArtifact({ ...rest, extra: { ...rest.extra, features } }, Object.fromEntries(files))
}

function unknown(code: string, what: string, given: string, known: readonly string[]): ConfigError {
  const near = nearest(given, known)
  return new ConfigError(`There is no ${what} "${given}".`, {
    code,
    hints: [near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`],
  })
}
