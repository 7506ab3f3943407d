import { VenueError } from '@astertrade/core'
import type { Clock } from './clock.js'
import { isVenueError } from './isVenueError.js'
import { parseRetryAfter } from './retryAfter.js'
import { statusError } from './statusError.js'

/** What a request may cost, and what ends it early. */
export interface HttpOptions {
  /** Name of the venue, for messages. */
  readonly venue: string
  /** Longest time until the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number
  /** Largest answer that is read, in bytes. */
  readonly bytesMax: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** The part of a request that is passed on. */
export interface HttpRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A complete answer, with the members that `fetch` gives it. */
export interface HttpAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  text(): Promise<string>
}

/** Sends one request and reads the whole answer. */
export type HttpFetch = (url: string, request?: HttpRequest) => Promise<HttpAnswer>

/**
 * Makes a `fetch` for JSON venues that never hands on an answer that is no answer.
 *
 * The time-out covers the body, a redirect is an error, a status of 429, 418, 403, 451 or 5xx and a body that is not JSON
 * become a `VenueError` that carries its own `Retry-After`. Other refusals (400, 404, …) are the venue's words and are returned.
 *
 * @throws VenueError with code `TIMEOUT`, `CONNECTION`, `BAD_ANSWER`, `SERVER`, `RATE_LIMITED`, `BANNED` or `FORBIDDEN`.
 * Aborting `options.signal` rejects with its reason.
 */
export function httpFetch(options: HttpOptions): HttpFetch {
  return async (url, request = {}) => {
    const what = `${options.venue}: ${request.method ?? 'GET'} ${url.replace(/\?.*$/, '')}`
    const { answer, body } = await exchange(url, request, options, what)
    const { status, statusText, headers } = answer
    const refused = statusError(what, status, parseRetryAfter(headers.get('retry-after'), options.clock.now()))
    if (refused) throw refused
    if (!isJson(body)) {
      throw new VenueError(`${what} answered ${status} with ${cut(body)}, which is not JSON.`, {
        code: 'BAD_ANSWER',
        outcome: 'unknown',
        retryable: true,
      })
    }
    return { status, statusText, headers, text: async () => body }
  }
}

async function exchange(
  url: string,
  request: HttpRequest,
  options: HttpOptions,
  what: string,
): Promise<{ answer: Response; body: string }> {
  const { signal, timeoutMs, bytesMax } = options
  signal.throwIfAborted()
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  const timer = setTimeout(abort, timeoutMs)
  signal.addEventListener('abort', abort, { once: true })
  try {
    const answer = await fetch(url, { ...request, redirect: 'error', signal: stop.signal })
    return { answer, body: await readBody(answer, bytesMax, what) }
  } catch (cause) {
    signal.throwIfAborted()
    if (isVenueError(cause)) throw cause
    if (stop.signal.aborted) {
      throw new VenueError(`${what} did not answer within ${timeoutMs} ms.`, {
        code: 'TIMEOUT',
        outcome: 'unknown',
        retryable: true,
        cause,
      })
    }
    throw new VenueError(`${what} failed: ${reasonOf(cause)}.`, {
      code: 'CONNECTION',
      outcome: 'unknown',
      retryable: true,
      cause,
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

async function readBody(answer: Response, bytesMax: number, what: string): Promise<string> {
  if (!answer.body) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > bytesMax) {
      throw new VenueError(`${what} answered with more than ${bytesMax} bytes.`, {
        code: 'BAD_ANSWER',
        outcome: 'unknown',
        retryable: false,
      })
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function cut(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return inner instanceof Error ? inner.message : String(inner)
}
