import { ConfigError, type Duration, type Timestamp, timestamp, version } from '@astertrade/core'
import { addressOf } from './addressOf.js'
import type { Json, ModelArtifact } from './artifact.js'
import type { Dataset } from './dataset.js'
import { makeArtifact } from './makeArtifact.js'
import { type Abstention, abstention, type StreamingModel } from './model.js'
import { openArtifact } from './openArtifact.js'
import { joinState, splitState } from './state.js'
import { decodeTensors, encodeTensors } from './tensors.js'

/** What `eventArtifact` takes. */
export interface EventArtifactOptions {
  readonly id: string
  readonly kind: string
  readonly data: Dataset
  readonly seed: number
  readonly params: { readonly [name: string]: Json }
  readonly metrics: { readonly [name: string]: Json }
  readonly horizon: Duration
  /** When the last of what it learned became known (default the last row): before that it would answer from the future. */
  readonly until?: number
  /** Time after that until it is too old. */
  readonly validFor: Duration
  /** What was learned, as numbers. */
  readonly state: Float64Array
  /** What it must say once loaded, given some inputs. */
  readonly golden: { readonly inputs: readonly (readonly number[])[]; readonly outputs: readonly (readonly number[])[] }
}

const file = 'state.bin'

/** Makes the artifact of a model that lives on events: what it learned is its state. */
export function eventArtifact(options: EventArtifactOptions): ModelArtifact {
  const { id, kind, data, seed, params, metrics, horizon, validFor, state, golden } = options
  const to = options.until ?? data.times[data.rows - 1]!
  return makeArtifact(
    {
      id,
      kind,
      createdBy: `@astertrade/models ${version}`,
      featureSchema: { hash: data.schema, names: data.names },
      labels: data.labels.spec,
      horizon,
      trainRange: { from: timestamp(data.times[0]!), to: timestamp(to), rows: data.rows },
      seed,
      params,
      metrics,
      golden,
      expiresAfter: timestamp(to + validFor),
      extra: {},
    },
    { [file]: encodeTensors([{ name: 'state', shape: [state.length], data: state }]) },
  )
}

/**
 * Reads what the artifact's model had learned.
 *
 * @throws ConfigError with code `ARTIFACT` if it is damaged, of another kind, or holds no state.
 */
export function stateOf(artifact: ModelArtifact, kind: string): Float64Array {
  openArtifact(artifact, kind)
  const bytes = artifact.files.get(file)
  const data = bytes && decodeTensors(bytes).get('state')?.data
  if (data instanceof Float64Array) return data
  throw new ConfigError(`The artifact of "${artifact.manifest.id}" holds no state in "${file}".`, { code: 'ARTIFACT' })
}

/**
 * Refuses an artifact whose model says something else than when it was trained.
 *
 * @throws ConfigError with code `BACKEND`.
 */
export function requireOutputs(artifact: ModelArtifact, outputs: readonly (readonly number[])[]): void {
  const { id, golden } = artifact.manifest
  const isSame = golden.outputs.every((row, at) => row.every((value, column) => outputs[at]?.[column] === value))
  if (isSame && outputs.length === golden.outputs.length) return
  throw new ConfigError(`The golden rows of "${id}" come out as ${JSON.stringify(outputs).slice(0, 120)}.`, {
    code: 'BACKEND',
    hints: ['It was made by another version of the package; train it again.'],
  })
}

/** The model under the name of its artifact, silent before the end of its training and once it is too old. */
export function servedFrom(artifact: ModelArtifact, model: StreamingModel): StreamingModel {
  const { id: name, kind, trainRange, expiresAfter } = artifact.manifest
  const id = `${kind}(${name} ${addressOf(artifact).slice(0, 8)})`
  const trained = abstention(kind, 'expired', 'asked about a time before the end of its training')
  const old = abstention(kind, 'expired', 'trained too long ago')
  return served(id, model, (time) => (time > expiresAfter ? old : time < trainRange.to ? trained : undefined))
}

function served(
  id: string,
  model: StreamingModel,
  refusal: (time: Timestamp) => Abstention | undefined,
): StreamingModel {
  return {
    id,
    get horizon() {
      return model.horizon
    },
    warmup: 1,
    schema: '',
    update: (event) => model.update(event),
    predict: (row) => refusal(row.time) ?? model.predict(row),
    clone: () => served(id, model.clone() as StreamingModel, refusal),
    snapshot: () => joinState(id, [model.snapshot()]),
    restore: (state) => model.restore(splitState(id, [model.snapshot()], state)[0]!),
  }
}
