import { resolve } from 'node:path'
import type { ModelRepository } from '@astertrade/models'
import { folderRepository } from '../models/folderRepository.js'
import type { CliContext } from './context.js'

/** What every `aster models` command is given. */
export interface ModelsOptions {
  readonly models: string
}

/** The repository in the folder that was named. */
export function modelsFolder({ io }: CliContext, { models }: ModelsOptions): ModelRepository {
  return folderRepository({ folder: resolve(io.folder, models) })
}
