import type { RefusalCount, Report } from '@astertrade/core/backtest'
import { dayText } from '../dayText.js'
import { numberText, percentText } from '../numberText.js'
import type { DemoRun } from './runDemo.js'

/** Limits whose use is shown: rules of the default policy, by the beginning of their names. */
const shown = [
  ['maxDrawdown', '  on drawdown'],
  ['dailyLoss', "  on a day's loss"],
  ['portfolioRisk', '  on loss at all stops'],
  ['maxPosition', '  on one position'],
  ['grossExposure', '  on all positions'],
] as const

/** What the limits did, as rows of a table with one column per market. */
export function limitsRows(runs: readonly DemoRun[]): readonly (readonly string[])[] {
  const row = (name: string, cell: (report: Report) => string): readonly string[] => [
    name,
    ...runs.map(({ run }) => cell(run.report)),
  ]
  return [
    row('Orders asked for', ({ limits }) => numberText(limits[0]!.asked, 0)),
    row('  refused, most by', refused),
    row('  cut, most by', ({ refusals }) => cutMost(refusals)),
    row('Alarms', alarms),
    ['Most in use of the limit'],
    ...shown.map(([rule, title]) => row(title, (report) => mostUsed(report, rule))),
  ]
}

/** How many orders were refused, and the code of most of them. */
function refused({ refusals }: Report): string {
  const all = refusals.reduce((sum, row) => sum + row.refused, 0)
  const [most] = refusals.toSorted((a, b) => b.refused - a.refused)
  return most === undefined || all === 0 ? 'none' : `${numberText(all, 0)}, ${most.code} ${numberText(most.refused, 0)}`
}

/** The code under which most orders were made smaller, how many, and the share that was taken off them on average. */
function cutMost(refusals: readonly RefusalCount[]): string {
  const [most] = refusals.toSorted((a, b) => b.shrunk - a.shrunk)
  if (most === undefined || most.shrunk === 0) return 'none'
  return `${most.code} ${numberText(most.shrunk, 0)} by ${percentText(most.cutMean)}`
}

/** Codes of the alarms, with their number; one that still stands at the end is named for it. */
function alarms({ trips }: Report): string {
  if (trips.length === 0) return 'none'
  const last = trips.find(({ until }) => until === undefined)
  if (last !== undefined) return `${last.code}, ${last.mode} from ${dayText(last.time)}`
  return [...new Set(trips.map(({ code }) => code))]
    .map((code) => `${code}, ${trips.filter((trip) => trip.code === code).length}`)
    .join('; ')
}

function mostUsed({ limits }: Report, rule: string): string {
  const use = limits.find(({ rule: name }) => name.startsWith(`${rule}(`))?.use
  return use === undefined ? '' : percentText(use.most)
}
