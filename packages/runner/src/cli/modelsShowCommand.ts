import type { ModelManifest, ModelVersion } from '@astertrade/models'
import { Command } from 'commander'
import { dayText } from '../dayText.js'
import { findVersion, versionsOfId } from '../models/findVersion.js'
import { table } from '../table.js'
import { trainingText } from '../train/trainingText.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { type ModelsOptions, modelsFolder } from './modelsFolder.js'

/** `aster models show`: what a version has learnt and shown, and how it came where it stands. */
export function modelsShowCommand(context: CliContext, finish: Finish): Command {
  return new Command('show')
    .description('show what a version was trained on, its figures beside their controls, and its moves')
    .argument('<id>', 'name of the model')
    .argument('[version]', 'beginning of its address (default: the live one, or else the newest)')
    .action(action<ModelsOptions>(context, finish, (options, args) => showWork(context, options, args)))
}

async function showWork(
  context: CliContext,
  options: ModelsOptions,
  [id = '', version]: readonly string[],
): Promise<CommandResult> {
  const repository = modelsFolder(context, options)
  const query = { repository, models: options.models, id }
  const shown = version === undefined ? standing(await versionsOfId(query)) : await findVersion({ ...query, version })
  const { manifest } = await repository.get(id, shown.address)
  const { kind, createdBy, seed, params, trainRange, horizon, expiresAfter, featureSchema, metrics, files } = manifest
  return {
    json: {
      command: 'models show',
      id,
      ...shown,
      ...{ kind, createdBy, seed, params, trainRange, horizon, expiresAfter, metrics, files },
      features: featureSchema.names,
    },
    text: () => [...trainingText(manifest), '', ...versionText(manifest, shown)].join('\n'),
  }
}

/** The live version, or else the newest. */
function standing(versions: readonly ModelVersion[]): ModelVersion {
  return versions.find(({ stage }) => stage === 'live') ?? versions.at(-1)!
}

function versionText({ createdBy, expiresAfter, files }: ModelManifest, { address, stage, moves }: ModelVersion) {
  return [
    `Version    ${address}`,
    `Stage      ${stage}`,
    `Made by    ${createdBy}; it abstains after ${dayText(expiresAfter)}`,
    `Files      ${files.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ')}, all as their hashes say`,
    '',
    ...table([['moves', 'on', 'by'], ...moves.map((move) => [move.stage, dayText(move.at), move.by])]),
  ]
}
