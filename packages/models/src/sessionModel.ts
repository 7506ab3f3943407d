import { ConfigError, duration } from '@astertrade/core'
import type { SyncSession } from './backends/syncSession.js'
import { abstention, type FeatureRow, type Model, type Prediction } from './model.js'
import { joinState, splitState } from './state.js'

/** What a session said, made into a forecast. */
export interface Opinion {
  /** From -1 to 1. */
  readonly direction: number
  /** From 0 to 1: the side is right with probability `(1 + confidence) / 2`. */
  readonly confidence: number
}

/** What `sessionModel` takes. */
export interface SessionModelOptions {
  /** Name of the model, such as `imported-btc-1h`. */
  readonly id: string
  /** Computes a row at once, such as `wasmSession(readOnnx(bytes))`. */
  readonly session: SyncSession
  /** Hash of the features it was trained on, such as `featureRows(options).schema`; rows of another are abstained on. */
  readonly schema: string
  /** Milliseconds, or text such as `24h`, until a forecast can be judged. */
  readonly horizon: number | string
  /**
   * Makes an opinion of the outputs, or none where there is no edge (default `sidesOf`). The outputs are lent for the call.
   */
  readonly read?: (outputs: Float32Array) => Opinion | undefined
}

/**
 * A model around a session: one's own network or trees, trained elsewhere, served at once and with the same bits everywhere.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if the schema is empty, or the default reading does not fit the number of outputs.
 * @example
 * const features = { groups: ['indicators'] } as const
 * const session = wasmSession(readOnnx(bytes) as Network)
 * const model = sessionModel({ id: 'mine', session, schema: featureRows(features).schema, horizon: '24h' })
 * const strategy = fromModel({ name: 'mine', params: {}, models: () => [overFeatures(model.clone(), features)] })
 */
export function sessionModel({ id, session, schema, horizon, read }: SessionModelOptions): Model {
  if (schema === '') throw badOption(`"${id}" has no schema of features`)
  if (read === undefined && session.outputs !== 3) {
    throw badOption(`"${id}" gives ${session.outputs} outputs, which are not read as down, flat and up`)
  }
  const horizonMs = duration(horizon)
  const opinionOf = read ?? sidesOf
  const x = new Float32Array(session.inputs)
  const outputs = new Float32Array(session.outputs)
  const model: Model = {
    id,
    horizon: horizonMs,
    warmup: 1,
    schema,
    predict(row) {
      const refusal = refusalOf(model, session.inputs, row)
      if (refusal !== undefined) return refusal
      x.set(row.values)
      session.runSync(x, 1, outputs)
      if (outputs.some(Number.isNaN)) return abstention(id, 'nan', 'its session gives no number')
      const opinion = opinionOf(outputs)
      if (opinion === undefined || opinion.direction === 0) return abstention(id, 'no-edge', 'it sees no side')
      return forecastOf(id, horizonMs, opinion)
    },
    clone: () => sessionModel({ id, session, schema, horizon, ...(read ? { read } : {}) }),
    snapshot: () => joinState(id, []),
    restore: (state) => void splitState(id, [], state),
  }
  return model
}

/**
 * Reads the probabilities of down, flat and up: the direction is up less down, the confidence how sure it is of the side if there is
 * one, `|up - down| / (up + down)`.
 */
export function sidesOf(probabilities: Float32Array): Opinion | undefined {
  const [down, , up] = probabilities
  const moved = up! + down!
  if (!(moved > 0)) return undefined
  const direction = up! - down!
  return { direction, confidence: Math.min(1, Math.abs(direction) / moved) }
}

function refusalOf({ id, schema }: Model, inputs: number, row: FeatureRow): Prediction | undefined {
  if (row.schema !== schema) return abstention(id, 'schema', 'the row has other features than it was trained on')
  if (row.values.length !== inputs)
    return abstention(id, 'schema', `the row has ${row.values.length} of ${inputs} features`)
  for (let index = 0; index < inputs; index++) {
    if (!Number.isFinite(row.values[index])) return abstention(id, 'nan', `feature ${index} is no number`)
  }
  return undefined
}

function forecastOf(id: string, horizon: number, { direction, confidence }: Opinion): Prediction {
  const inRange = Math.abs(direction) <= 1 && confidence >= 0 && confidence <= 1
  if (!inRange) return abstention(id, 'nan', `direction ${direction} or confidence ${confidence} is out of range`)
  const reason = `${id}: ${direction > 0 ? 'up' : 'down'} by ${Math.abs(direction).toFixed(2)}, confidence ${confidence.toFixed(2)}`
  return { kind: 'forecast', direction, confidence, horizon, reason }
}

function badOption(problem: string): ConfigError {
  return new ConfigError(`The model ${problem}.`, {
    code: 'BAD_PARAMETER',
    hints: ['Give `schema`, and `read` for anything but three probabilities.'],
  })
}
