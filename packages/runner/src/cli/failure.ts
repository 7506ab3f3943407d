import { isVenueError } from '@astertrade/exchanges'
import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from './exitCodes.js'
import { thrownAt } from './thrownAt.js'

/** An error as it is told: data for programs, lines for people. */
export interface Failure {
  readonly exitCode: ExitCode
  readonly code: string
  /** One line that names the thing and its value. */
  readonly message: string
  /** What would have worked. */
  readonly hints: readonly string[]
}

/** Mistakes of the caller that are errors of the data by class. */
const usageCodes = ['NO_FILE', 'NO_RECORDING', 'NOT_A_RECORDING']
/** Failures of the work that are errors of configuration by class. */
const workCodes = [
  'NO_DATA',
  'BAD_DATA',
  'FUTURE_DATA',
  'WRONG_DATA',
  'STRATEGY_THREW',
  'BAD_STRATEGY_FILE',
  'BAD_FOLDER',
  'BAD_RUN',
  'DAMAGED_DOWNLOAD',
  'ARTIFACT',
]

/** Sorts an error into exit code and message. Never a stack: that is what `ASTER_DEBUG=1` is for. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '')
    const [first = '', ...hints] = message.split('\n')
    return { exitCode: exitCodes.usage, code: 'USAGE', message: first, hints }
  }
  if (!(error instanceof Error)) return bug(String(error))
  const { code, hints } = error as { code?: unknown; hints?: unknown }
  const [message = ''] = error.message.split('\n')
  if (typeof code === 'string' && Array.isArray(hints)) {
    if (error.name === 'InvariantError') return bug(message, code, hints)
    const told = code === 'STRATEGY_THREW' ? placeOf(error.cause) : hints.map(asOption)
    return { exitCode: exitCodeOf(error, code), code, message, hints: told }
  }
  if (typeof code === 'string' && 'syscall' in error) return { exitCode: exitCodes.failed, code, message, hints: [] }
  return bug(`${error.name}: ${message}`)
}

/** Where a strategy threw, as far as that is known. */
function placeOf(cause: unknown): readonly string[] {
  const place = thrownAt(cause)
  return place === undefined
    ? ['ASTER_DEBUG=1 shows the place in the strategy.']
    : [`Thrown at ${place}; ASTER_DEBUG=1 shows the whole stack.`]
}

/** Hints speak to programmers; a user of the command line has options. */
function asOption(hint: string): string {
  return hint.replace("pass onDefect: 'repair'", 'add --repair')
}

function exitCodeOf(error: Error, code: string): ExitCode {
  if (code === 'INTERRUPTED') return exitCodes.interrupted
  if (usageCodes.includes(code)) return exitCodes.usage
  if (workCodes.includes(code) || isVenueError(error)) return exitCodes.failed
  return error.name === 'ConfigError' ? exitCodes.usage : exitCodes.failed
}

function bug(message: string, code = 'BUG', hints: readonly string[] = []): Failure {
  return {
    exitCode: exitCodes.bug,
    code,
    message,
    hints: [
      ...hints,
      'This is a bug in aster. Run it again with ASTER_DEBUG=1 for the stack, and report it with the command.',
    ],
  }
}
