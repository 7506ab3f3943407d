import type { MemberRow, Members } from '@astertrade/core/backtest'
import { numberText, percentText } from '../numberText.js'
import { table } from '../table.js'

/** What one model of a strategy did: its mean weight, the share of the bars at which it took a side, and its mean loss. */
export function memberText({ spoke, warned, weightMean, loss }: MemberRow): string {
  if (spoke === 0) return warned > 0 ? `told the risk in ${percentText(warned)}` : 'took no side'
  const judged = Number.isNaN(loss) ? 'unjudged' : numberText(loss, 3)
  return `${percentText(weightMean)} in ${percentText(spoke)}, ${judged}`
}

/** What the models of a strategy did on each instrument and what they said last, as lines; none for a strategy without models. */
export function membersText(members: readonly Members[]): readonly string[] {
  return members
    .slice(0, instrumentsMax)
    .flatMap(({ instrument, rows }) => [
      `Models on ${instrument}: weight in share of bars, loss (0.25 is a coin), reason`,
      ...table(rows.map((row) => [`  ${row.name}`, memberText(row)])).map((line, at) => `${line}  ${rows[at]!.reason}`),
    ])
}

const instrumentsMax = 5
