import type { ModelStage } from '@astertrade/models'
import { Command, Option } from 'commander'
import { addressText } from '../models/addressText.js'
import { findVersion } from '../models/findVersion.js'
import { moveAuthor } from '../models/moveAuthor.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { type ModelsOptions, modelsFolder } from './modelsFolder.js'
import { requireOptions } from './requireOptions.js'

interface PromoteOptions extends ModelsOptions {
  readonly to: ModelStage
}

/** `aster models promote`: moves a version one stage on, or retires it. */
export function modelsPromoteCommand(context: CliContext, finish: Finish): Command {
  return new Command('promote')
    .description('move a version one stage on: candidate, shadow, live; or retire it')
    .argument('<id>', 'name of the model')
    .argument('<version>', 'beginning of its address, as aster models list shows it')
    .addOption(new Option('--to <stage>', 'where it goes').choices(['shadow', 'live', 'retired']))
    .addHelpText(
      'after',
      '\nA version that goes live retires the one that was; aster models rollback brings that back.',
    )
    .action(action<PromoteOptions>(context, finish, (options, args) => promoteWork(context, options, args)))
}

async function promoteWork(
  context: CliContext,
  options: PromoteOptions,
  [id = '', version = '']: readonly string[],
): Promise<CommandResult> {
  requireOptions(options, ['to'], `${context.io.program} models promote btc-1h 3f2a9c --to shadow`)
  const repository = modelsFolder(context, options)
  const { address, stage: from } = await findVersion({ repository, models: options.models, id, version })
  // What cannot be loaded may be retired, and nothing else.
  if (options.to !== 'retired') await repository.get(id, address)
  const before = await repository.list(id)
  await repository.promote(id, address, options.to, moveAuthor(context.clock))
  const incumbent = options.to === 'live' ? before.find(({ stage }) => stage === 'live')?.address : undefined
  return {
    json: { command: 'models promote', id, address, from, stage: options.to, retired: incumbent ?? null },
    text: () =>
      [
        `"${id}" ${addressText(address)} was ${from} and is ${options.to}.`,
        ...(incumbent === undefined ? [] : [`${addressText(incumbent)} was live and is retired.`]),
      ].join('\n'),
  }
}
