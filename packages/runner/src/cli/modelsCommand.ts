import { Command } from 'commander'
import type { Finish } from './action.js'
import type { CliContext } from './context.js'
import { modelsListCommand } from './modelsListCommand.js'
import { modelsPromoteCommand } from './modelsPromoteCommand.js'
import { modelsRollbackCommand } from './modelsRollbackCommand.js'
import { modelsShowCommand } from './modelsShowCommand.js'

/** `aster models`: what was trained, and which of it is live. */
export function modelsCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('models').description('list trained models, show one, and move versions between stages')
  for (const make of [modelsListCommand, modelsShowCommand, modelsPromoteCommand, modelsRollbackCommand])
    command.addCommand(make(context, finish).option('--models <folder>', 'folder of the models', 'models'))
  return command
}
