import { Command } from 'commander'
import type { Finish } from './action.js'
import type { CliContext } from './context.js'
import { dataCheckCommand } from './dataCheckCommand.js'
import { dataDownloadCommand } from './dataDownloadCommand.js'
import { dataImportCommand } from './dataImportCommand.js'

/** `aster data`: recordings of prices. */
export function dataCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('data').description('import, check and download recorded prices')
  for (const make of [dataImportCommand, dataCheckCommand, dataDownloadCommand])
    command.addCommand(make(context, finish))
  return command
}
