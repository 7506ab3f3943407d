import { ConfigError } from '@astertrade/core'
import type { TrainingBackend } from './learner.js'

const known: readonly TrainingBackend[] = ['js', 'wasm']

/**
 * Refuses what is no backend of ours to train on; none given is fine.
 *
 * @throws ConfigError with code `BAD_TRAINING`.
 */
export function requireTrainingBackend(backend: TrainingBackend | undefined): void {
  if (backend === undefined || known.includes(backend)) return
  throw new ConfigError(
    `The training cannot start: backend ${JSON.stringify(backend)} is none of ${known.join(', ')}.`,
    {
      code: 'BAD_TRAINING',
      hints: ['Leave it out for wasm. A network on a GPU is trained by trainOnBackends of @astertrade/models/onnx.'],
    },
  )
}
