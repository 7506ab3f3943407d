import { Command } from 'commander'
import { packageVersion } from '../packageVersion.js'
import type { Finish } from './action.js'
import { backtestCommand } from './backtestCommand.js'
import type { CliContext } from './context.js'
import { dataCommand } from './dataCommand.js'
import { demoCommand } from './demoCommand.js'
import { doctorCommand } from './doctorCommand.js'
import { exitCodesHelp } from './exitCodes.js'
import { modelsCommand } from './modelsCommand.js'
import { replayCommand } from './replayCommand.js'
import { riskCommand } from './riskCommand.js'
import { trainCommand } from './trainCommand.js'

/** The command line as a whole. It writes to the context's streams and never ends the process. */
export function createProgram(context: CliContext, finish: Finish): Command {
  const { io } = context
  const program = new Command('aster')
    .description('Tests trading strategies on past prices, with the engine that trades them.')
    .version(packageVersion('@astertrade/runner'), '-V, --version', 'print the version')
    .option('--json', 'print the result as one line of JSON')
    .addHelpText(
      'after',
      `\n${exitCodesHelp}\n\nASTER_DEBUG=1 shows the stack of an error. NO_COLOR=1 leaves colours out.`,
    )
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // The message is told once, with all others, by runCli.
      outputError: () => {},
    })
  for (const make of [
    demoCommand,
    backtestCommand,
    dataCommand,
    replayCommand,
    riskCommand,
    trainCommand,
    modelsCommand,
    doctorCommand,
  ]) {
    program.addCommand(make(context, finish))
  }
  for (const command of everyCommand(program)) command.copyInheritedSettings(command.parent ?? program)
  return program
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)])
}
