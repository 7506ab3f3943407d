import { equivalents } from './equivalents.js'

/** What became of one mutant. */
export interface MutantResult {
  readonly file: string
  readonly line: number
  readonly before: string
  readonly after: string
  /** The line as it was. */
  readonly text: string
  readonly isKilled: boolean
}

/** The report of a run. */
export interface MutationReport {
  readonly text: string
  readonly score: string
  /** True when fewer than nine of ten were noticed. */
  readonly isBelow: boolean
}

/** Least share of mutants that tests have to notice, proven equivalents left out. */
const scoreMin = 0.9

/** The report of a run as a page; `planted` is how many mutants there are, of which the results may be a part. */
export function mutationReport(
  results: readonly MutantResult[],
  { planted }: { readonly planted: number },
): MutationReport {
  const counted = results.filter((result) => result.isKilled || proofOf(result) === undefined)
  const proven = results.filter((result) => !result.isKilled && proofOf(result) !== undefined)
  const survivors = counted.filter(({ isKilled }) => !isKilled).sort(byPlace)
  const score = percent(share(counted))
  const text = [
    '# Mutation report',
    '',
    `Written by \`npm run mutants\`: ${results.length} ${sampleOf(results.length, planted)}mutants of the sizing, limits, breakers and overrides in \`packages/risk/src\`.`,
    `The tests noticed ${score} of those that can be noticed; ${proven.length} are proven to be equal to the code. A mutant is one changed`,
    'operator, condition, figure, rounding or side, or a call left out; each is planted alone,',
    'and the tests that reach the file run against it, nearest first. A change that makes no difference that a caller could see is listed with',
    'its proof and does not count; every other survivor is a gap.',
    '',
    ...tableOf('folder', counted, folderOf),
    `| **all** | ${counted.length} | ${survivors.length} | ${score} |`,
    '',
    ...tableOf('file', counted, ({ file }) => file),
    '',
    '## Survivors',
    '',
    ...list(survivors.map((result) => placeOf(result))),
    '',
    '## Proven equal to the code',
    '',
    ...list(proven.sort(byPlace).map((result) => `${placeOf(result)} ${proofOf(result)}`)),
    '',
  ].join('\n')
  return { text, score, isBelow: share(counted) < scoreMin }
}

function tableOf(
  name: string,
  results: readonly MutantResult[],
  groupOf: (result: MutantResult) => string,
): readonly string[] {
  const rows = [...new Set(results.map(groupOf))].sort().map((group) => {
    const own = results.filter((result) => groupOf(result) === group)
    return `| ${group} | ${own.length} | ${own.filter(({ isKilled }) => !isKilled).length} | ${percent(share(own))} |`
  })
  return [`| ${name} | mutants | survived | score |`, '|---|---:|---:|---:|', ...rows]
}

/** Which part of all mutants was run; they are taken at even distances. */
function sampleOf(run: number, planted: number): string {
  return run === planted ? '' : `of ${planted} `
}

function folderOf({ file }: MutantResult): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : 'tiers and policy'
}

function share(results: readonly MutantResult[]): number {
  return results.filter(({ isKilled }) => isKilled).length / Math.max(1, results.length)
}

function proofOf({ file, before, after, text }: MutantResult): string | undefined {
  return equivalents.find(
    (equal) =>
      (equal.file?.test(file) ?? true) && equal.before === before && equal.after === after && text.includes(equal.line),
  )?.proof
}

function placeOf({ file, line, before, after, text }: MutantResult): string {
  return `${file}:${line} \`${before}\` → \`${after}\` in \`${text.replaceAll('`', "'")}\`.`
}

function byPlace(a: MutantResult, b: MutantResult): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['None.'] : lines.map((line) => `- ${line}`)
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`
}
