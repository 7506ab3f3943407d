import { ConfigError, nearest } from '@astertrade/core'

/** The error for an id that a folder of models does not hold, naming the nearest that it does. */
export function unknownModelId(id: string, models: string, ids: readonly string[]): ConfigError {
  const near = nearest(id, ids)
  return new ConfigError(`There is no model "${id}" in "${models}".`, {
    code: 'UNKNOWN_MODEL',
    hints: [
      ...(near ? [`Did you mean "${near}"?`] : []),
      ids.length > 0 ? `There are ${ids.join(', ')}.` : 'aster train puts one there.',
    ],
  })
}
