import { BaseError, ConfigError, InvariantError, StrategyError, VenueError } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { failureOf } from './failure.js'
import { InterruptedError } from './interruptedError.js'

describe('failureOf', () => {
  it.each([
    ['wrong usage', 2, new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'")],
    ['a bad option', 2, new ConfigError('No.', { code: 'BAD_PARAMETER' })],
    ['a missing file', 2, new DataError('No.', { code: 'NO_FILE' })],
    ['a file that is no recording', 2, new DataError('No.', { code: 'NOT_A_RECORDING' })],
    ['a folder without recordings', 2, new DataError('No.', { code: 'NO_RECORDING' })],
    ['bad data', 1, new DataError('No.', { code: 'BAD_ROW' })],
    ['data without bars', 1, new ConfigError('No.', { code: 'NO_DATA' })],
    ['bars that are not sound', 1, new ConfigError('No.', { code: 'BAD_DATA' })],
    ['a strategy that threw', 1, new StrategyError('s', 0, new Error('No.'))],
    ['a strategy that kept a bar', 1, new StrategyError('s', 0, new InvariantError('No.', { code: 'BAR_KEPT' }))],
    ['a strategy file that does not load', 1, new ConfigError('No.', { code: 'BAD_STRATEGY_FILE' })],
    ['other data than that of the run', 1, new ConfigError('No.', { code: 'WRONG_DATA' })],
    ['a full disk', 1, Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' })],
    ['an interruption', 130, new InterruptedError(['Go on.'])],
    ['a broken invariant', 3, new InvariantError('No.')],
    ['an error of the language', 3, new TypeError('x is not a function')],
    ['something else that was thrown', 3, 'text'],
  ])('gives %s the exit code %i', (_name, exitCode, error) => {
    expect(failureOf(error).exitCode).toBe(exitCode)
  })

  it('keeps message and hints apart', () => {
    const error = new BaseError('No such thing.', { code: 'X', hints: ['Try this.'] })
    expect(failureOf(error)).toEqual({ exitCode: 1, code: 'X', message: 'No such thing.', hints: ['Try this.'] })
  })

  it('sends the reader of a bug to the stack', () => {
    expect(failureOf(new TypeError('x is not a function'))).toEqual({
      exitCode: 3,
      code: 'BUG',
      message: 'TypeError: x is not a function',
      hints: ['This is a bug in aster. Run it again with ASTER_DEBUG=1 for the stack, and report it with the command.'],
    })
  })

  it('knows a venue that refused by its own sign', () => {
    const error = new VenueError('binance refused.', { code: 'REFUSED', outcome: 'rejected', retryable: false })
    expect(failureOf(error).exitCode).toBe(1)
  })
})
