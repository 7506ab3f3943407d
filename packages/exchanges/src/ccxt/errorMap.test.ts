import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { VenueError } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { errorMap } from './errorMap.js'

const root = dirname(dirname(createRequire(import.meta.url).resolve('ccxt')))
const classes = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'js/src/base/errors.js')).href)) as Record<
  string,
  new (
    message: string,
  ) => Error
>

describe('errorMap', () => {
  it.each([
    ['BadSymbol', 'BAD_SYMBOL', 'rejected', false],
    ['BadRequest', 'REFUSED', 'rejected', false],
    ['RestrictedLocation', 'FORBIDDEN', 'rejected', false],
    ['PermissionDenied', 'KEYS_NEEDED', 'rejected', false],
    ['NotSupported', 'NOT_SUPPORTED', 'rejected', false],
    ['ExchangeError', 'REFUSED', 'rejected', false],
    ['RateLimitExceeded', 'RATE_LIMITED', 'rejected', true],
    ['DDoSProtection', 'RATE_LIMITED', 'rejected', true],
    ['RequestTimeout', 'TIMEOUT', 'unknown', true],
    ['OnMaintenance', 'SERVER', 'unknown', true],
    ['InvalidNonce', 'CONNECTION', 'unknown', true],
    ['NullResponse', 'BAD_ANSWER', 'unknown', true],
    ['OperationFailed', 'SERVER', 'unknown', true],
  ])("says what ccxt's %s means for a read", (name, code, outcome, retryable) => {
    const cause = new classes[name]!('demo said no')
    const error = errorMap('demo', cause)
    expect(error).toMatchObject({ name: 'VenueError', message: 'demo: demo said no', code, outcome, retryable, cause })
  })

  it.each([new TypeError('x is undefined'), new classes.BaseError!('odd'), 'text', undefined])(
    'takes %s, which nobody listed, for an answer that could not be read',
    (cause) => {
      expect(errorMap('demo', cause)).toMatchObject({ code: 'BAD_ANSWER', outcome: 'unknown', retryable: true })
    },
  )

  it('leaves our own error as it is, and cuts a long text short', () => {
    const error = new VenueError('x', { code: 'TIMEOUT', outcome: 'unknown', retryable: true })
    expect(errorMap('demo', error)).toBe(error)
    expect(errorMap('demo', new Error('y'.repeat(5_000))).message).toHaveLength('demo: '.length + 301)
  })
})
