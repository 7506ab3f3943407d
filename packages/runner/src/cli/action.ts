import type { Command } from 'commander'
import type { CliContext, CommandResult } from './context.js'
import { exitCodes } from './exitCodes.js'

/** Says with which exit code a command ended. */
export type Finish = (code: (typeof exitCodes)[keyof typeof exitCodes]) => void

/** Runs the work of a command and prints what it says: JSON where `--json` was given, else text. */
export function action<Options extends object>(
  context: CliContext,
  finish: Finish,
  work: (options: Options, args: readonly string[]) => Promise<CommandResult> | CommandResult,
): (...args: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command
    const options = command.optsWithGlobals<Options & { json?: true }>()
    const result = await work(options, command.args)
    context.io.stdout.write(options.json ? `${JSON.stringify(result.json)}\n` : `${result.text()}\n`)
    finish(result.exitCode ?? exitCodes.ok)
  }
}
