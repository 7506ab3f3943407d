import { basename } from 'node:path'
import { type DataIssue, describeIssue } from '@astertrade/core/data'
import { Command } from 'commander'
import { checkData, type FileCheck } from '../data/checkData.js'
import { spanText } from '../spanText.js'
import { table } from '../table.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { exitCodes } from './exitCodes.js'
import { addMarketOptions, type MarketOptions, recordedMarket } from './marketOptions.js'
import { createProgress, stopping } from './progress.js'

interface DataCheckOptions extends MarketOptions {
  readonly strict?: true
}

const columnsPerTable = 3
const issuesShown = 5

/** `aster data check`: what files hold and what is wrong with them. */
export function dataCheckCommand(context: CliContext, finish: Finish): Command {
  const command = new Command('check')
    .description('count bars, gaps and defects; ends with 1 if a file needs a repair')
    .argument('<files...>', 'files and folders; plain or gzip')
    .option('--strict', 'end with 1 for outages and bars that look wrong as well')
  return addMarketOptions(command).action(
    action<DataCheckOptions>(context, finish, (options, files) => checkWork(context, options, files)),
  )
}

function checkWork(
  { io, clock, place }: CliContext,
  options: DataCheckOptions,
  paths: readonly string[],
): CommandResult {
  const { instrument, interval, timeIs } = recordedMarket(paths, options)
  const progress = createProgress(io, { label: 'Check', clock })
  const reading = {
    onProgress: (ratio: number): void => progress.update(ratio),
    ...(instrument !== undefined && { instrument }),
    ...(interval !== undefined && { interval }),
    ...(timeIs !== undefined && { timeIs }),
  }
  const checks = stopping(progress, () => checkData(paths, place, reading))
  const passing = options.strict ? ['sound'] : ['sound', 'doubtful']
  const sound = checks.every(({ verdict }) => passing.includes(verdict))
  return {
    json: { command: 'data check', sound, files: checks },
    text: () => checkText(checks),
    exitCode: sound ? exitCodes.ok : exitCodes.failed,
  }
}

function checkText(checks: readonly FileCheck[]): string {
  const readable = checks.filter(({ error }) => !error)
  const blocks: string[] = []
  for (let from = 0; from < readable.length; from += columnsPerTable) {
    blocks.push(table(rowsOf(readable.slice(from, from + columnsPerTable))).join('\n'))
  }
  return [...blocks, ...checks.flatMap(remarks)].join('\n\n')
}

function rowsOf(checks: readonly FileCheck[]): readonly (readonly string[])[] {
  const row = (name: string, cell: (check: FileCheck) => string | number): readonly string[] => [
    name,
    ...checks.map((check) => String(cell(check))),
  ]
  return [
    row('', ({ file }) => basename(file)),
    row('Verdict', ({ verdict }) => verdict),
    row('Instrument', ({ quality }) => quality!.instrument),
    row('Bars', ({ quality }) => quality!.bars),
    row('Interval', ({ quality }) => spanText(quality!.interval)),
    row('First open', ({ quality }) => minute((quality!.from ?? Number.NaN) - quality!.interval)),
    row('Last close', ({ quality }) => minute(quality!.to ?? Number.NaN)),
    row('Coverage', ({ quality }) => `${(100 * (quality!.coverage ?? 0)).toFixed(3)} %`),
    row('Missing bars', ({ quality }) => quality!.missing),
    row('Gaps, quiet', ({ quality }) => quality!.quietGaps),
    row('Gaps, outages', ({ quality }) => quality!.outages),
    row('Longest gap', ({ longestGap: gap }) => (gap ? `${gap.missing} bars` : 'none')),
    row('  from', ({ longestGap: gap, quality }) => (gap ? minute(gap.from - quality!.interval) : '')),
    row('Duplicates', ({ defects }) => defects.duplicates),
    row('Out of order', ({ defects }) => defects.outOfOrder),
    row('Broken ranges', ({ defects }) => defects.brokenRanges),
    row('In the future', ({ defects }) => defects.future),
    row('Other defects', ({ defects }) => defects.others),
    row('Suspicious', ({ defects }) => defects.suspicious),
    row('Zero volume', ({ quality }) => quality!.zeroVolume),
    row('Digest', ({ digest }) => digest!.slice(0, 16)),
  ]
}

/** A time to the minute, UTC. */
function minute(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 16).replace('T', ' ') : 'none'
}

/** A defect without the word that it is repaired: a check repairs its copy, and the file stays as it is. */
function foundText(issue: DataIssue): string {
  return describeIssue(issue).replace(/ \(repaired\)$/, '')
}

/** What was found in a file, the worst first; or why it cannot be used. */
function remarks({ file, issues, error }: FileCheck): readonly string[] {
  if (error) return [[`${file}: ${error.message}`, ...error.hints.map((hint) => `  ${hint}`)].join('\n')]
  const found = issues.filter(({ level }) => level !== 'note')
  if (found.length === 0) return []
  const rest = found.length - issuesShown
  return [
    [
      ...found.slice(0, issuesShown).map(foundText),
      ...(rest > 0 ? [`… and ${rest} more; --json lists them.`] : []),
    ].join('\n'),
  ]
}
