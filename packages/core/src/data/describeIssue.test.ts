import { describe, expect, it } from 'vitest'
import type { InstrumentId } from '../instrument.js'
import { timestamp } from '../time.js'
import { describeIssue } from './describeIssue.js'
import type { DataIssue } from './issue.js'

const instrument = 'X-USD.test' as InstrumentId
const time = timestamp('2024-01-01')
const bar = { level: 'error', instrument, index: 7, time } as const
const suspicion = { ...bar, column: 'low', value: 1, expected: 100, count: 3 } as const
const stamp = '2024-01-01T00:00:00.000Z'

const cases: readonly (readonly [DataIssue, string])[] = [
  [
    { kind: 'badNumber', level: 'repaired', file: 'a.csv', line: 7, column: 'close', value: 'null' },
    'a.csv:7: close "null" is not a finite number (repaired)',
  ],
  [
    { kind: 'late', level: 'repaired', line: 7, column: 't', value: stamp },
    `Line 7: t "${stamp}" is before rows that were handed out (repaired)`,
  ],
  [
    { kind: 'unknownColumn', level: 'note', file: 'a.csv', line: 1, column: 'note' },
    'a.csv:1: column "note" is not used',
  ],
  [{ kind: 'noVolume', level: 'note', line: 1 }, 'Line 1: there is no volume column, so volume is 0'],
  [
    { kind: 'noLineEnd', level: 'note', line: 9 },
    'Line 9: the last line has no line end, so its last number may be cut short',
  ],
  [{ kind: 'preamble', level: 'note', line: 1 }, 'Line 1: skipped a line above the header'],
  [{ kind: 'omitted', level: 'repaired', count: 5 }, '5 more issues (repaired)'],
  [
    { ...bar, kind: 'notFinite', column: 'high', value: Number.NaN },
    `X-USD.test: bar 7 at ${stamp}: high NaN is not finite (error)`,
  ],
  [
    { ...bar, kind: 'badPrice', column: 'low', value: -1 },
    `X-USD.test: bar 7 at ${stamp}: low -1 is not above zero (error)`,
  ],
  [
    { ...bar, kind: 'negativeVolume', column: 'volume', value: -1 },
    `X-USD.test: bar 7 at ${stamp}: volume -1 is negative (error)`,
  ],
  [
    { ...bar, kind: 'brokenRange', column: 'low', value: 2 },
    `X-USD.test: bar 7 at ${stamp}: low 2 is out of range: low ≤ open, close ≤ high does not hold (error)`,
  ],
  [
    { ...bar, kind: 'badTime', time: 0.5 as never },
    'X-USD.test: bar 7 at 1970-01-01T00:00:00.000Z: its time is no whole millisecond (error)',
  ],
  [
    { ...bar, kind: 'badTime', time: Number.NaN as never },
    'X-USD.test: bar 7 at NaN: its time is no whole millisecond (error)',
  ],
  [{ ...bar, kind: 'outOfOrder' }, `X-USD.test: bar 7 at ${stamp}: is before the bar above (error)`],
  [{ ...bar, kind: 'duplicate' }, `X-USD.test: bar 7 at ${stamp}: has the time of the bar above (error)`],
  [{ ...bar, kind: 'misaligned' }, `X-USD.test: bar 7 at ${stamp}: is off the grid of its interval (error)`],
  [{ ...bar, kind: 'future' }, `X-USD.test: bar 7 at ${stamp}: closes in the future (error)`],
  [
    { kind: 'gap', level: 'error', instrument, from: time, to: time, missing: 9, cause: 'outage' },
    `X-USD.test: 9 bars are missing from ${stamp} to ${stamp}, as in an outage (error)`,
  ],
  [
    { kind: 'gap', level: 'note', instrument, from: time, to: time, missing: 1, cause: 'quiet' },
    `X-USD.test: 1 bars are missing from ${stamp} to ${stamp}, as where nobody traded`,
  ],
  [
    { kind: 'synthetic', level: 'repaired', instrument, from: time, to: time, count: 2 },
    `X-USD.test: made 2 bars from ${stamp} to ${stamp} (repaired)`,
  ],
  [
    { kind: 'partialBucket', level: 'note', instrument, time, interval: 60_000, present: 1, expected: 2 },
    `X-USD.test: the bucket of ${stamp} is left out, 1 of 2 bars lie in it`,
  ],
  [
    { kind: 'thinBucket', level: 'note', instrument, time, interval: 60_000, present: 1, expected: 2 },
    `X-USD.test: the bucket of ${stamp} has 1 of 2 bars`,
  ],
  [
    { ...suspicion, kind: 'spike' },
    `X-USD.test: bar 7 at ${stamp}: low 1 is a spike, its neighbours are near 100 (error)`,
  ],
  [
    { ...suspicion, kind: 'jump' },
    `X-USD.test: bar 7 at ${stamp}: low jumps from 100 to 1 and stays, as after a split (error)`,
  ],
  [
    { ...suspicion, kind: 'frozen' },
    `X-USD.test: bar 7 at ${stamp}: the same bar 3 times, as from a frozen feed (error)`,
  ],
  [{ ...suspicion, kind: 'echo' }, `X-USD.test: bar 7 at ${stamp}: 3 bars repeat those from bar 100 on (error)`],
  [
    { ...suspicion, kind: 'disagreement' },
    `X-USD.test: bar 7 at ${stamp}: low 1 disagrees with 100 of the other source, 3 bars long (error)`,
  ],
]

describe('describeIssue', () => {
  it.each(cases)('puts $kind into words', (issue, text) => {
    expect(describeIssue(issue)).toBe(text)
  })
})
