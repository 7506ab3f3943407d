import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from '@astertrade/core'
import { badModelFolder } from '../models/badModelFolder.js'

/** Where the state of a training under way is kept. */
export interface CheckpointFile {
  /** True while something is kept. */
  exists(): boolean
  /** @throws ConfigError `NO_CHECKPOINT` if there is none. */
  read(): Uint8Array
  /** Replaces what was kept: the old state or the new one is there, never half of one. */
  write(state: Uint8Array): void
  /** Forgets it once the training is done. */
  remove(): void
}

/**
 * Keeps the state of a training in a file.
 *
 * @throws ConfigError `BAD_FOLDER` if its folder cannot be made.
 */
export async function checkpointFile(path: string): Promise<CheckpointFile> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => Promise.reject(badModelFolder(folder, cause)))
  const exists = (): boolean => existsSync(path)
  return {
    exists,
    read() {
      if (exists()) return new Uint8Array(readFileSync(path))
      throw new ConfigError(`There is no training to resume: "${path}" is missing.`, {
        code: 'NO_CHECKPOINT',
        hints: ['Leave out --resume to start anew, or give the --id and --out it was started with.'],
      })
    },
    write(state) {
      const part = `${path}.part`
      writeFileSync(part, state)
      renameSync(part, path)
    },
    remove: () => rmSync(path, { force: true }),
  }
}
