import { describe, expect, expectTypeOf, it } from 'vitest'
import { BaseError } from './errors.js'
import type { OrderRequest } from './order.js'
import type { Approved } from './review.js'
import { type OrderGateway, VenueError } from './venue.js'

describe('VenueError', () => {
  it('says what became of the request, whether a read may be repeated, and when', () => {
    const error = new VenueError('binance answered 429.', {
      code: 'RATE_LIMITED',
      outcome: 'rejected',
      retryable: true,
      retryAfterMs: 2_000,
      hints: ['Wait 2 s.'],
    })
    expect(error).toBeInstanceOf(BaseError)
    expect(error).toMatchObject({
      name: 'VenueError',
      code: 'RATE_LIMITED',
      outcome: 'rejected',
      retryable: true,
      retryAfterMs: 2_000,
      message: 'binance answered 429.\n  Wait 2 s.',
    })
  })

  it('keeps the cause, and has no waiting time where the venue named none', () => {
    const cause = new Error('socket hang up')
    const error = new VenueError('binance cut the line.', {
      code: 'CONNECTION',
      outcome: 'unknown',
      retryable: true,
      cause,
    })
    expect(error.cause).toBe(cause)
    expect(error.retryAfterMs).toBeUndefined()
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a waiting time of %s', (retryAfterMs) => {
    const options = { code: 'RATE_LIMITED', outcome: 'rejected', retryable: true, retryAfterMs } as const
    expect(() => new VenueError('x', options)).toThrowError(
      `retryAfterMs "${retryAfterMs}" is not a finite number ≥ 0.`,
    )
  })
})

describe('OrderGateway', () => {
  it('takes approved orders and no bare request', () => {
    expectTypeOf<OrderGateway['submit']>().parameter(0).toEqualTypeOf<Approved<OrderRequest>>()
    expectTypeOf<OrderRequest>().not.toMatchTypeOf<Approved<OrderRequest>>()
  })
})
