import { ConfigError, nearest } from '@astertrade/core'
import { modelKinds, type TrainableKind } from './modelKinds.js'
import type { TrainSpec } from './trainSpec.js'

/**
 * The kind that a spec names, and its parameters with the defaults.
 *
 * @throws ConfigError with code `UNKNOWN_KIND` or `UNKNOWN_PARAMETER` that names the nearest known one.
 */
export function specKind({ kind, params = {} }: TrainSpec): { readonly kind: TrainableKind; readonly params: never } {
  const found = Object.hasOwn(modelKinds, kind) ? modelKinds[kind] : undefined
  if (found === undefined) throw unknown('UNKNOWN_KIND', 'kind of model', kind, Object.keys(modelKinds))
  const defaults: object = found.model.defaults
  const known = [...new Set([...Object.keys(defaults), ...Object.keys(found.optional ?? {})])]
  const strange = Object.keys(params).find((name) => !known.includes(name))
  if (strange !== undefined) throw unknown('UNKNOWN_PARAMETER', `parameter of ${kind}`, strange, known)
  return { kind: found, params: { ...defaults, ...params } as never }
}

function unknown(code: string, what: string, given: string, known: readonly string[]): ConfigError {
  const near = nearest(given, known)
  return new ConfigError(`There is no ${what} "${given}".`, {
    code,
    hints: [near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`],
  })
}
