import { expect, it } from 'vitest'
import * as entry from './index.js'

it('exports what is listed by hand', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "builtInStrategies",
      "buyAndHold",
      "checkData",
      "checkup",
      "importData",
      "loadStrategy",
      "openMarket",
      "planImport",
      "publishFolder",
      "readParams",
      "replayRun",
      "runBacktest",
      "runDefaults",
      "runDemo",
      "runFileNames",
      "runFiles",
      "runName",
    ]
  `)
})
