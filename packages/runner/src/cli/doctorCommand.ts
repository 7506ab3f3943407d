import { Command } from 'commander'
import { backendFindings } from '../doctor/backendFindings.js'
import { checkup, type Finding } from '../doctor/checkup.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { exitCodes } from './exitCodes.js'
import type { Paint } from './paint.js'

interface DoctorCommandOptions {
  readonly out: string
  readonly data: string
}

/** `aster doctor`: whether this machine has what aster needs. */
export function doctorCommand(context: CliContext, finish: Finish): Command {
  return new Command('doctor')
    .description('check versions, folders and this machine')
    .option('--out <folder>', 'folder for results', 'out')
    .option('--data <folder>', 'folder with recordings', 'data')
    .action(action<DoctorCommandOptions>(context, finish, (options) => doctorWork(context, options)))
}

async function doctorWork({ io, paint }: CliContext, { out, data }: DoctorCommandOptions): Promise<CommandResult> {
  const findings = [
    ...checkup({ folder: io.folder, node: process.versions.node, out, data }),
    ...(await backendFindings()),
  ]
  const healthy = findings.every(({ status }) => status !== 'failure')
  return {
    json: { command: 'doctor', healthy, findings },
    text: () => findings.flatMap((finding) => lines(finding, paint)).join('\n'),
    exitCode: healthy ? exitCodes.ok : exitCodes.failed,
  }
}

function lines({ name, status, detail, hint }: Finding, paint: Paint): readonly string[] {
  const mark = { ok: paint.green('ok     '), warning: 'warning', failure: paint.red('failure') }[status]
  return [`${mark}  ${name.padEnd(10)}${detail}`, ...(hint ? [`${' '.repeat(19)}${paint.dim(hint)}`] : [])]
}
