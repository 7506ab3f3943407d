import { Command } from 'commander'
import { addressText } from '../models/addressText.js'
import { versionsOfId } from '../models/findVersion.js'
import { moveAuthor } from '../models/moveAuthor.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { type ModelsOptions, modelsFolder } from './modelsFolder.js'

/** `aster models rollback`: the live version retires, and the one that was live before it is live again. */
export function modelsRollbackCommand(context: CliContext, finish: Finish): Command {
  return new Command('rollback')
    .description('retire the live version and bring back the one that was live before it')
    .argument('<id>', 'name of the model')
    .action(action<ModelsOptions>(context, finish, (options, args) => rollbackWork(context, options, args)))
}

async function rollbackWork(
  context: CliContext,
  options: ModelsOptions,
  [id = '']: readonly string[],
): Promise<CommandResult> {
  const repository = modelsFolder(context, options)
  const versions = await versionsOfId({ repository, models: options.models, id })
  const retired = versions.find(({ stage }) => stage === 'live')?.address
  const address = await repository.rollback(id, moveAuthor(context.clock))
  await repository.get(id, address).catch((error: Error) => context.note(`Warning: ${error.message}`))
  return {
    json: { command: 'models rollback', id, address, stage: 'live', retired: retired ?? null },
    text: () =>
      [
        `"${id}" ${addressText(address)} is live again.`,
        ...(retired === undefined ? [] : [`${addressText(retired)} was live and is retired.`]),
      ].join('\n'),
  }
}
