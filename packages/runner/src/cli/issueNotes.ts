import { type DataIssue, describeIssue } from '@astertrade/core/data'

const shown = 3

/** Lines on what was found in data: the first few, and how many more there are. */
export function issueNotes(issues: readonly DataIssue[]): readonly string[] {
  const lines = issues.slice(0, shown).map((issue) => `Note: ${describeIssue(issue)}.`)
  const rest = issues.length - lines.length
  return rest > 0 ? [...lines, `Note: ${rest} more of this kind; see aster data check.`] : lines
}
