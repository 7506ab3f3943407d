import { Command } from 'commander'
import { dayText } from '../dayText.js'
import { addressText } from '../models/addressText.js'
import { table } from '../table.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { type ModelsOptions, modelsFolder } from './modelsFolder.js'

/** `aster models list`: every version and where it stands. */
export function modelsListCommand(context: CliContext, finish: Finish): Command {
  return new Command('list')
    .description('list all versions of all models with the stage they stand at')
    .action(action<ModelsOptions>(context, finish, (options) => listWork(context, options)))
}

async function listWork(context: CliContext, options: ModelsOptions): Promise<CommandResult> {
  const repository = modelsFolder(context, options)
  const ids = await repository.ids()
  const listed = await Promise.all(ids.map(async (id) => ({ id, versions: await repository.list(id) })))
  const rows = listed.flatMap(({ id, versions }) =>
    versions.map(({ address, stage, moves }) => [id, addressText(address), stage, dayText(moves.at(-1)!.at)]),
  )
  return {
    json: { command: 'models list', folder: options.models, models: listed },
    text: () =>
      rows.length > 0
        ? table([['model', 'version', 'stage', 'since'], ...rows]).join('\n')
        : `There is no model in "${options.models}". aster train puts one there.`,
  }
}
