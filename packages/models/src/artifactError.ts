import { ConfigError } from '@astertrade/core'

/** The error for a model file that is damaged, too large, or none at all; its code is `ARTIFACT`. */
export function artifactError(problem: string, cause?: unknown): ConfigError {
  return new ConfigError(problem, {
    code: 'ARTIFACT',
    hints: ['Nothing of it was used. Take the model from the repository again, or train it anew.'],
    cause,
  })
}
