import { expect, it } from 'vitest'
import * as entry from './index.js'

it('exports what is listed by hand', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "readTape",
      "recordTape",
      "streamEvents",
      "streamTape",
      "tapeFeed",
      "tapeFiles",
      "writeTape",
    ]
  `)
})
