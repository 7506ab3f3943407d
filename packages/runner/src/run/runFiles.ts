import { type Report, tearSheet, textReport, tradesCsv } from '@astertrade/core/backtest'
import type { FolderContent } from './publishFolder.js'
import { relocate } from './relocate.js'
import type { FinishedRun } from './runBacktest.js'
import { encodeRunRecord, type RunRecord, runRecordName } from './runRecord.js'

/** Names of the files in a run's folder. */
export const runFileNames = {
  record: runRecordName,
  text: 'report.txt',
  json: 'report.json',
  sheet: 'tearsheet.html',
  trades: 'trades.csv',
  journal: 'journal.jsonl',
} as const

/**
 * The files of a run: the report as text, JSON and tear sheet, its trades, the sealed journal, and the record that repeats it.
 *
 * @param options.from - Folder that the paths of its settings start from.
 * @param options.to - Folder that the files will lie in.
 */
export function runFiles(run: FinishedRun, options: { readonly from: string; readonly to: string }): FolderContent {
  const sheet = tearSheet(run.report, { members: run.members })
  return {
    [runFileNames.text]: `${textReport(run.report)}\n`,
    [runFileNames.json]: sheet.json,
    [runFileNames.sheet]: sheet.html,
    [runFileNames.trades]: tradesCsv(run.report),
    ...(run.journal === undefined ? {} : { [runFileNames.journal]: run.journal.text }),
    [runFileNames.record]: encodeRunRecord(recordOf(run, options)),
  }
}

function recordOf(run: FinishedRun, options: { readonly from: string; readonly to: string }): RunRecord {
  const { report, journal, strategy } = run
  return {
    format: 'aster-run',
    formatVersion: 1,
    version: report.config.version,
    settings: relocate(run.settings, options),
    strategyDigest: strategy.digest,
    data: report.config.instruments,
    resultHash: report.resultHash,
    journal: journal && { rows: journal.rows, commands: journal.commands, seal: journal.seal },
  }
}

/** A folder name for a run: its strategy, its data, and the first digits of its result. */
export function runName({ config, resultHash }: Pick<Report, 'config' | 'resultHash'>): string {
  const [first, ...others] = config.instruments
  const data = `${first?.id.replace(/\.tape$/, '')}${others.length > 0 ? `-and-${others.length}-more` : ''}`
  const strategy = config.strategies.map(({ name }) => name).join('+')
  return [strategy, data, resultHash.slice(0, 8)].map(plain).join('-')
}

/** Letters, digits and dashes: no character that a file system could take amiss. */
function plain(text: string): string {
  return text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
}
