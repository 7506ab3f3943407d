import { describe, expect, it } from 'vitest'
import { thrownAt } from './thrownAt.js'

function stackOf(...frames: readonly string[]): Error {
  const error = new Error('boom')
  error.stack = ['Error: boom', ...frames.map((frame) => `    at ${frame}`)].join('\n')
  return error
}

describe('thrownAt', () => {
  it.each([
    [['Object.onBar (/a/mine.ts:9:15)'], '/a/mine.ts:9:15'],
    [['/a/my rules (new)/mine.ts:9:15'], '/a/my rules (new)/mine.ts:9:15'],
    [['async file:///a/mine.mjs:3:1', 'x (/a/b.ts:1:1)'], '/a/b.ts:1:1'],
    [['onBar (file:///a/a%20b.mjs:3:1)'], '/a/a b.mjs:3:1'],
    [['f (/a/node_modules/x/index.js:1:2)', 'onBar (/a/mine.ts:4:2)'], '/a/mine.ts:4:2'],
    [['f (node:internal/fs:1:2)', 'new Promise (<anonymous>)', 'onBar (/a/mine.ts:4:2)'], '/a/mine.ts:4:2'],
    [['f (/usr/aster/dist/cli/main.js:1:2)'], undefined],
  ])('reads %o', (frames, place) => {
    expect(thrownAt(stackOf(...frames))).toBe(place)
  })

  it('knows no place of what is no error', () => {
    expect(thrownAt('boom')).toBeUndefined()
    expect(thrownAt(undefined)).toBeUndefined()
  })
})
