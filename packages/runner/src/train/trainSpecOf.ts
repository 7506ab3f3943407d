import { ConfigError, nearest } from '@astertrade/core'
import { type Json, modelKinds, requirePlainName, type TrainableKind, type TrainSpec } from '@astertrade/models'
import { readParams } from '../strategy/readParams.js'

/** What the options of `aster train` say of the model. */
export interface TrainChoice {
  readonly kind: string
  readonly id: string | undefined
  readonly seed: number
  /** Texts such as `folds=4` or `trees={"rounds":50}`; the keys of an object that are not given keep their defaults. */
  readonly params: readonly string[]
  readonly indicators: readonly string[] | undefined
  readonly labels: 'tripleBarrier' | 'forwardReturn' | undefined
}

/**
 * Turns options into the description of a training.
 *
 * @param name - Name of the data, for an id where none was given.
 * @throws ConfigError with code `UNKNOWN_KIND`, `UNKNOWN_PARAMETER`, `BAD_PARAMETER` or `BAD_NAME`, each with what would have worked.
 */
export function trainSpecOf({ kind, id, seed, params, indicators, labels }: TrainChoice, name: string): TrainSpec {
  const { model, optional } = kindOf(kind)
  const known: Readonly<Record<string, unknown>> = { ...(model.defaults as object), ...optional }
  const given = Object.entries(readParams({ name: kind, params: known }, params, 'model'))
  const plainId = id ?? `${kind}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  // Asked here, since the id becomes part of paths before the training starts.
  requirePlainName('Model id', plainId)
  return {
    id: plainId,
    kind,
    seed,
    params: Object.fromEntries(given.map(([key, value]) => [key, merged(known[key], value)])),
    ...(labels ? { labels: { kind: labels } } : {}),
    ...(indicators ? { features: { indicators: indicators as never } } : {}),
  }
}

/** @throws ConfigError with code `UNKNOWN_KIND`, naming the nearest there is. */
export function kindOf(kind: string): TrainableKind {
  const found = Object.hasOwn(modelKinds, kind) ? modelKinds[kind] : undefined
  if (found === undefined) throw unknownKind(kind)
  return found
}

function merged(like: unknown, value: unknown): Json {
  const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null && !Array.isArray(one)
  return (isObject(like) && isObject(value) ? { ...like, ...value } : value) as Json
}

function unknownKind(kind: string): ConfigError {
  const known = Object.keys(modelKinds)
  const near = nearest(kind, known)
  return new ConfigError(`There is no kind of model "${kind}".`, {
    code: 'UNKNOWN_KIND',
    hints: [
      ...(near ? [`Did you mean "${near}"?`] : []),
      `These are trained: ${known.join(', ')}. The other models learn nothing ahead.`,
    ],
  })
}
