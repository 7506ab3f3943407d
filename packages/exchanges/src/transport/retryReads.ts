import type { VenueError } from '@astertrade/core'
import { DelegateBackoff, ExponentialBackoff, fullJitterGenerator, handleWhen, type IBackoff, retry } from 'cockatiel'
import { isVenueError } from './isVenueError.js'
import type { Pace } from './pace.js'

/** How patient reads are. */
export interface RetryOptions {
  /** Requests per read at most, the first one included. */
  readonly triesMax: number
  /** Upper bound of the first random wait, in milliseconds; it doubles with each try. */
  readonly backoffMs: number
  /** Largest random wait, in milliseconds. */
  readonly backoffMsMax: number
  /** A venue that asks for more silence than this is given up, in milliseconds. */
  readonly retryAfterMsMax: number
}

/** Four tries over some seconds, and up to two minutes of silence where the venue asks for it. */
export const defaultRetry: RetryOptions = {
  triesMax: 4,
  backoffMs: 500,
  backoffMsMax: 30_000,
  retryAfterMsMax: 120_000,
}

/** What is told before a read is tried again. */
export interface RetryNotice {
  /** Number of the try that failed, from 1. */
  readonly attempt: number
  /** Silence until the next one, in milliseconds. */
  readonly waitMs: number
  readonly error: VenueError
}

/** Runs a read, and again while it fails with a retryable `VenueError`. */
export type Reader = <T>(read: () => Promise<T>, signal: AbortSignal) => Promise<T>

/**
 * Makes a reader that repeats failed reads with full jitter. For reads alone: a repeated create can fill twice.
 *
 * Waiting happens at the gate, which every read has to pass: there it is abortable, and all reads of the venue keep the
 * silence that one of them was asked for.
 */
export function retryReads(pace: Pace, options: RetryOptions, onRetry?: (notice: RetryNotice) => void): Reader {
  const exponential = new ExponentialBackoff({
    generator: fullJitterGenerator,
    initialDelay: options.backoffMs,
    maxDelay: options.backoffMsMax,
  })
  const again = (error: Error): error is VenueError =>
    isVenueError(error) && error.retryable && (error.retryAfterMs ?? 0) <= options.retryAfterMsMax
  const backoff = new DelegateBackoff<
    { attempt: number; result: { error: Error } | { value: unknown } },
    IBackoff<unknown>
  >(({ attempt, result }, last) => {
    const next = last ? last.next(undefined) : exponential.next()
    if ('error' in result && again(result.error)) {
      const waitMs = Math.max(next.duration, result.error.retryAfterMs ?? 0)
      pace.freeze(waitMs)
      onRetry?.({ attempt, waitMs, error: result.error })
    }
    return { delay: 0, state: next }
  })
  const policy = retry(handleWhen(again), { maxAttempts: options.triesMax - 1, backoff })
  return (read, signal) => policy.execute(read, signal)
}
