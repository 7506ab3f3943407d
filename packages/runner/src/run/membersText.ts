import type { MemberRow, Members } from '@astertrade/core/backtest'
import { numberText, percentText } from '../numberText.js'
import { table } from '../table.js'

/** What one model of a strategy did: mean weight, share of the bars at which it took a side, mean push, and recent loss. */
export function memberText({ spoke, warned, weightMean, contribution, loss }: MemberRow): string {
  if (spoke === 0) return warned > 0 ? `told the risk in ${percentText(warned)}` : 'took no side'
  const judged = Number.isNaN(loss) ? 'none lately' : numberText(loss, 3)
  return `${percentText(weightMean)} in ${percentText(spoke)}, ${numberText(contribution, 3)}, ${judged}`
}

/** What the control, which always says one half, weighs at last and loses: all weights together are 1. */
export function controlText({ rows, controlLoss }: Members): string {
  const weight = 1 - rows.reduce((sum, { weightLast }) => sum + weightLast, 0)
  return `${percentText(Math.max(0, weight))} at last, ${numberText(controlLoss, 3)}`
}

/** What the models of a strategy did on each instrument and what they said last, as lines; none for a strategy without models. */
export function membersText(members: readonly Members[]): readonly string[] {
  return members.slice(0, instrumentsMax).flatMap((one) => {
    const rows = [...one.rows.map((row) => [`  ${row.name}`, memberText(row)]), ['  control', controlText(one)]]
    const reasons = [...one.rows.map(({ reason }) => reason), 'always one half']
    return [
      `Models on ${one.instrument}: weight in share of bars, push in log-odds, recent loss; reason`,
      ...table(rows).map((line, at) => `${line}  ${reasons[at]}`),
    ]
  })
}

const instrumentsMax = 5
