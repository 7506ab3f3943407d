import { expect, it } from 'vitest'
import * as entry from './index.js'

it('exports what is listed by hand', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "artifactSigner",
      "builtInStrategies",
      "buyAndHold",
      "checkData",
      "checkup",
      "folderRepository",
      "importData",
      "loadStrategy",
      "openMarket",
      "planImport",
      "publishFolder",
      "readParams",
      "readPolicy",
      "replayRun",
      "runBacktest",
      "runDefaults",
      "runDemo",
      "runFileNames",
      "runFiles",
      "runName",
      "trainInThreads",
      "verifySignature",
    ]
  `)
})
