import { ConfigError } from '@astertrade/core'

/** The error for a folder of models that cannot be written; an error of ours passes through. */
export function badModelFolder(folder: string, cause: unknown): ConfigError {
  if (cause instanceof ConfigError) return cause
  return new ConfigError(`The folder of models "${folder}" cannot be written: ${(cause as Error).message}.`, {
    code: 'BAD_FOLDER',
    hints: ['Choose a folder that can be written, on a disk with room.'],
    cause,
  })
}
