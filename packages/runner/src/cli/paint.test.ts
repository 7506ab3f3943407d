import { expect, it } from 'vitest'
import { createPaint } from './paint.js'

const stream = (isTTY: boolean): { isTTY: boolean; write(): void } => ({ isTTY, write: () => {} })

it('colours text on a terminal', () => {
  expect(createPaint(stream(true), {}).bold('x')).toBe('\u001b[1mx\u001b[22m')
})

it.each([
  ['without a terminal', stream(false), {}],
  ['with NO_COLOR', stream(true), { NO_COLOR: '1' }],
  ['on a dumb terminal', stream(true), { TERM: 'dumb' }],
])('leaves text as it is %s', (_name, where, env) => {
  const { bold, dim, green, red } = createPaint(where, env)
  expect([bold, dim, green, red].map((paint) => paint('x'))).toEqual(['x', 'x', 'x', 'x'])
})
