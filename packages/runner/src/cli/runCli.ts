import { type Clock, systemClock } from '@astertrade/exchanges'
import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from './exitCodes.js'
import { type Failure, failureOf } from './failure.js'
import type { CliIo } from './io.js'
import { createPaint } from './paint.js'
import { createProgram } from './program.js'

/**
 * Runs one command line and says how it ended. Nothing but results goes to standard output, and nothing is thrown.
 *
 * @param argv - What follows the name of the program.
 * @example
 * await runCli(['--version'], io) // => 0
 */
export async function runCli(argv: readonly string[], io: CliIo, clock: Clock = systemClock): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok
  const program = createProgram(
    {
      io,
      clock,
      place: { folder: io.folder, clock },
      paint: createPaint(io.stdout, io.env),
      note: (line) => io.stderr.write(`${line}\n`),
    },
    (code) => {
      exitCode = code
    },
  )
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (isHelp(error)) return (error as CommanderError).exitCode === 0 ? exitCodes.ok : exitCodes.usage
    if (io.env.ASTER_DEBUG === '1') io.stderr.write(`${stackOf(error)}\n`)
    const failure = failureOf(error)
    tell(failure, io, argv.includes('--json'))
    return failure.exitCode
  }
}

/** Help and version have said all there is to say. */
function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && /^commander\.(help|version)/.test(error.code)
}

function tell({ code, message, hints, exitCode }: Failure, io: CliIo, json: boolean): void {
  if (json) io.stdout.write(`${JSON.stringify({ error: { code, message, hints }, exitCode })}\n`)
  const paint = createPaint(io.stderr, io.env)
  io.stderr.write([paint.red(message), ...hints.map((hint) => `  ${hint.trim()}`), ''].join('\n'))
}

function stackOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined ? stack : `${stack}\nCaused by: ${stackOf(cause)}`
}
