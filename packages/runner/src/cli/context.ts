import type { Clock } from '@astertrade/exchanges'
import type { Place } from '../market/openMarket.js'
import type { ExitCode } from './exitCodes.js'
import type { CliIo } from './io.js'
import type { Paint } from './paint.js'

/** What a command is given. */
export interface CliContext {
  readonly io: CliIo
  readonly clock: Clock
  readonly place: Place
  /** Colours of standard output. */
  readonly paint: Paint
  /** Writes a line to standard error. */
  note(line: string): void
}

/** What a command has to say. */
export interface CommandResult {
  /** For programs; printed as one line of JSON. A figure that is not known is `null`. */
  readonly json: object
  /** For people. */
  text(): string
  /** Default: the work is done. */
  readonly exitCode?: ExitCode
}
