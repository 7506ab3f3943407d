import { DataError } from '../dataError.js'
import type { DataIssue, FileIssue, RowDefect } from '../issue.js'
import { type DefectFields, defectText } from './defectText.js'
import { placed } from './header.js'

/** Where a defect is, and what stands there. */
export interface Defect extends DefectFields {
  readonly line: number
}

/** Collects issues, or throws at the first defect. */
export interface Reporter {
  note(issue: FileIssue): void
  /** @throws DataError `BAD_ROW` if defects are not repaired. */
  defect(defect: Defect): void
  /** The first 1,000 issues, and how many more there are. */
  readonly issues: readonly DataIssue[]
}

const issuesMax = 1_000
const valueMax = 80

/** Makes the collector of one file. */
export function createReporter(file: string | undefined, onDefect: 'throw' | 'repair'): Reporter {
  const issues: DataIssue[] = []
  let omitted = 0
  const add = (issue: DataIssue): void => {
    if (issues.length < issuesMax) issues.push(issue)
    else omitted++
  }
  return {
    note: add,
    defect({ kind, line, column, value }) {
      const shown = value?.slice(0, valueMax)
      if (onDefect === 'throw') throw rowError({ kind, line, column, value: shown }, file)
      add({ kind, level: 'repaired', file, line, column, value: shown })
    },
    get issues() {
      if (omitted === 0) return issues
      const rest: DataIssue = { kind: 'omitted', level: 'repaired', count: omitted }
      return [...issues, rest]
    },
  }
}

const repairs: Readonly<Record<RowDefect, string>> = {
  fieldCount: "Give each row as many fields as the header, or pass onDefect: 'repair' to drop it.",
  openQuote: "Close the quote on its line, or pass onDefect: 'repair' to drop the row.",
  badNumber: "Use plain decimals such as 101.25 or 1e-5, or pass onDefect: 'repair' to drop the row.",
  badTime:
    "Use a number of s, ms, us or ns since 1970, or a date such as 2024-01-31 12:00:00, or pass onDefect: 'repair' to drop the row.",
  badPrice: "Prices are above zero; pass onDefect: 'repair' to drop the row.",
  negativeVolume: "Volume is zero or more; pass onDefect: 'repair' to drop the row.",
  brokenRange: "Check the order of the columns, or pass onDefect: 'repair' to drop the row.",
  duplicate: "Remove it, or pass onDefect: 'repair' to do so.",
  conflict: "Remove the wrong one, or pass onDefect: 'repair' to keep the first.",
  outOfOrder: "Sort the file by time, oldest first, or pass onDefect: 'repair' to do so.",
  late: 'Sort the file, or take bars less often.',
  future: "Check the time unit and `now`, or pass onDefect: 'repair' to drop the row.",
  truncated: "Fetch the file again, or pass onDefect: 'repair' to drop its last line.",
}

function rowError(defect: Defect, file: string | undefined): DataError {
  const { kind, line, column, value } = defect
  return new DataError(`${placed(file, line)}: ${defectText(defect)}.`, {
    code: 'BAD_ROW',
    file,
    line,
    column,
    value,
    hints: [repairs[kind]],
  })
}
