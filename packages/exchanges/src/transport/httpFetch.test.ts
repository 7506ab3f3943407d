import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { virtualClock } from '../testing/virtualClock.js'
import { type HttpAnswer, type HttpOptions, type HttpRequest, httpFetch } from './httpFetch.js'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function ask(
  listener: RequestListener,
  options: Partial<HttpOptions> = {},
  request?: HttpRequest,
): Promise<HttpAnswer> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { signal } = new AbortController()
  const fetch = httpFetch({
    venue: 'demo',
    timeoutMs: 5_000,
    bytesMax: 1_000,
    clock: virtualClock(0),
    signal,
    ...options,
  })
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?key=secret`, request)
}

const saying =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

describe('httpFetch', () => {
  it('sends method, headers and body, and returns status, headers and text', async () => {
    let seen = ''
    const answer = await ask(
      async (request, response) => {
        seen = `${request.method} ${request.url} ${request.headers['x-from']} `
        for await (const chunk of request) seen += chunk
        response.writeHead(200, { 'x-weight': '7' }).end('{"price":"1.50"}')
      },
      {},
      { method: 'POST', headers: { 'x-from': 'test' }, body: '{"a":1}' },
    )
    expect(seen).toBe('POST /path?key=secret test {"a":1}')
    expect([answer.status, answer.headers.get('x-weight'), await answer.text()]).toEqual([200, '7', '{"price":"1.50"}'])
  })

  it.each([400, 401, 404])('returns a refusal with status %i, since its body is the answer', async (status) => {
    const answer = await ask(saying(status, '{"code":-1121}'))
    expect([answer.status, await answer.text()]).toEqual([status, '{"code":-1121}'])
  })

  it.each<[number, Record<string, string>, object]>([
    [429, { 'retry-after': '3' }, { code: 'RATE_LIMITED', outcome: 'rejected', retryable: true, retryAfterMs: 3_000 }],
    [429, {}, { code: 'RATE_LIMITED', retryAfterMs: undefined }],
    [429, { 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, { retryAfterMs: 60_000 }],
    [418, { 'retry-after': '60' }, { code: 'BANNED', outcome: 'rejected', retryable: false, retryAfterMs: 60_000 }],
    [403, {}, { code: 'FORBIDDEN', outcome: 'rejected', retryable: false }],
    [451, {}, { code: 'FORBIDDEN', outcome: 'rejected', retryable: false }],
    [500, {}, { code: 'SERVER', outcome: 'unknown', retryable: true }],
    [503, { 'retry-after': '5' }, { code: 'SERVER', outcome: 'unknown', retryable: true, retryAfterMs: 5_000 }],
    [599, {}, { code: 'SERVER', outcome: 'unknown', retryable: true }],
  ])('takes %i with %o for what it is, whatever the body', async (status, headers, expected) => {
    await expect(ask(saying(status, '<html>', headers))).rejects.toMatchObject({ name: 'VenueError', ...expected })
  })

  it.each(['<html></html>', '{"a":1', '', 'NaN'])('does not hand on %j, which is not JSON', async (body) => {
    await expect(ask(saying(200, body))).rejects.toMatchObject({
      code: 'BAD_ANSWER',
      outcome: 'unknown',
      retryable: true,
    })
  })

  it('names the request without its query, and quotes a bad body cut short', async () => {
    const message = String(await ask(saying(200, 'x'.repeat(500))).catch((error: unknown) => error))
    expect(message).toMatch(
      /^VenueError: demo: GET http:\/\/127\.0\.0\.1:\d+\/path answered 200 with "x{80}…", which is not JSON\.$/,
    )
  })

  it('counts the body into the time-out', async () => {
    const stuck = ask((_, response) => response.writeHead(200).write('{'), { timeoutMs: 30 })
    await expect(stuck).rejects.toMatchObject({ code: 'TIMEOUT', outcome: 'unknown', retryable: true })
  })

  it.each<[string, RequestListener]>([
    ['cut before an answer', (request) => request.socket.destroy()],
    [
      'cut within the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"a":', () => request.socket.destroy())
      },
    ],
    [
      'redirected',
      (request, response) =>
        saying(request.url === '/other' ? 200 : 302, '{}', { location: '/other' })(request, response),
    ],
  ])('reports a connection that was %s', async (_, listener) => {
    await expect(ask(listener)).rejects.toMatchObject({ code: 'CONNECTION', outcome: 'unknown', retryable: true })
  })

  it('stops reading an answer that is too large, and takes one of just the size', async () => {
    const json = (size: number): string => `"${'x'.repeat(size - 2)}"`
    await expect(ask(saying(200, json(1_001)))).rejects.toMatchObject({ code: 'BAD_ANSWER', retryable: false })
    expect(await (await ask(saying(200, json(1_000)))).text()).toHaveLength(1_000)
  })

  it('joins characters that arrive in pieces', async () => {
    const bytes = new TextEncoder().encode('"€"')
    const answer = await ask((_, response) => {
      response.writeHead(200).write(bytes.subarray(0, 2), () => setImmediate(() => response.end(bytes.subarray(2))))
    })
    expect(await answer.text()).toBe('"€"')
  })

  it('rejects with the reason when aborted, before and during a request', async () => {
    const reason = new Error('enough')
    await expect(ask(saying(200, '{}'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const stop = new AbortController()
    await expect(ask(() => stop.abort(reason), { signal: stop.signal })).rejects.toBe(reason)
  })
})
