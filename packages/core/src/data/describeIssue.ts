import { defectText } from './csv/defectText.js'
import { placed } from './csv/header.js'
import type { BarIssue, CorruptionIssue, DataIssue } from './issue.js'

/**
 * One line of text for an issue, without the line end.
 *
 * @example
 * describeIssue({ kind: 'badNumber', level: 'repaired', file: 'a.csv', line: 7, column: 'close', value: 'null' })
 * // => 'a.csv:7: close "null" is not a finite number (repaired)'
 */
export function describeIssue(issue: DataIssue): string {
  return `${describe(issue)}${issue.level === 'note' ? '' : ` (${issue.level})`}`
}

function describe(issue: DataIssue): string {
  switch (issue.kind) {
    case 'unknownColumn':
      return `${placed(issue.file, issue.line)}: column "${issue.column}" is not used`
    case 'noVolume':
      return `${placed(issue.file, issue.line)}: there is no volume column, so volume is 0`
    case 'noLineEnd':
      return `${placed(issue.file, issue.line)}: the last line has no line end, so its last number may be cut short`
    case 'preamble':
      return `${placed(issue.file, issue.line)}: skipped a line above the header`
    case 'omitted':
      return `${issue.count} more issues`
    case 'gap':
      return `${issue.instrument}: ${issue.missing} bars are missing from ${iso(issue.from)} to ${iso(issue.to)}, ${gapCause[issue.cause]}`
    case 'synthetic':
      return `${issue.instrument}: made ${issue.count} bars from ${iso(issue.from)} to ${iso(issue.to)}`
    case 'partialBucket':
      return `${issue.instrument}: the bucket of ${iso(issue.time)} is left out, ${issue.present} of ${issue.expected} bars lie in it`
    case 'thinBucket':
      return `${issue.instrument}: the bucket of ${iso(issue.time)} has ${issue.present} of ${issue.expected} bars`
    case 'spike':
    case 'jump':
    case 'frozen':
    case 'echo':
    case 'disagreement':
      return describeCorruption(issue)
    default:
      if ('index' in issue) return `${issue.instrument}: bar ${issue.index} at ${iso(issue.time)}: ${barText(issue)}`
      return `${placed(issue.file, issue.line)}: ${defectText(issue)}`
  }
}

const gapCause = { quiet: 'as where nobody traded', outage: 'as in an outage' } as const

function describeCorruption(issue: CorruptionIssue): string {
  const { kind, column, value, expected, count } = issue
  const place = `${issue.instrument}: bar ${issue.index} at ${iso(issue.time)}`
  switch (kind) {
    case 'spike':
      return `${place}: ${column} ${value} is a spike, its neighbours are near ${expected}`
    case 'jump':
      return `${place}: ${column} jumps from ${expected} to ${value} and stays, as after a split`
    case 'frozen':
      return `${place}: the same bar ${count} times, as from a frozen feed`
    case 'echo':
      return `${place}: ${count} bars repeat those from bar ${expected} on`
    case 'disagreement':
      return `${place}: ${column} ${value} disagrees with ${expected} of the other source, ${count} bars long`
  }
}

function barText({ kind, column, value }: BarIssue): string {
  switch (kind) {
    case 'notFinite':
      return `${column} ${value} is not finite`
    case 'badPrice':
      return `${column} ${value} is not above zero`
    case 'negativeVolume':
      return `volume ${value} is negative`
    case 'brokenRange':
      return `${column} ${value} is out of range: low ≤ open, close ≤ high does not hold`
    case 'badTime':
      return 'its time is no whole millisecond'
    case 'outOfOrder':
      return 'is before the bar above'
    case 'duplicate':
      return 'has the time of the bar above'
    case 'misaligned':
      return 'is off the grid of its interval'
    case 'future':
      return 'closes in the future'
  }
}

/** A time as ISO 8601 text; the bare number where it is no time. */
function iso(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time)
}
