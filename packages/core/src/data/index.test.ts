import { describe, expect, it } from 'vitest'
import * as data from './index.js'

describe('the public names', () => {
  it('of @astertrade/core/data are these', () => {
    expect(Object.keys(data).sort()).toMatchInlineSnapshot(`
      [
        "DataError",
        "alwaysOpen",
        "calendarOf",
        "cleanBars",
        "concatBars",
        "createCsvReader",
        "describeIssue",
        "fillGaps",
        "findCorruption",
        "findGaps",
        "measureQuality",
        "parseCsv",
        "repairBars",
        "requestsFor",
        "resampleBars",
        "runStages",
        "validateBars",
        "weekdays",
      ]
    `)
  })
})
