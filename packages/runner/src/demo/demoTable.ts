import { type Report, verdict } from '@astertrade/core/backtest'
import { dayText } from '../dayText.js'
import { numberText, percentText } from '../numberText.js'
import { table } from '../table.js'
import { limitsRows } from './limitsRows.js'
import { modelsRows, trainingNotes } from './modelsRows.js'
import type { DemoRun } from './runDemo.js'

/** Above what the limits did. */
export const limitsHeading = 'Limits at work'

/** Above what the models did, as `memberText` says it. */
export const modelsHeading = 'Models at work'

/** The figures of a demo, what the limits did and what the models did, one column per market, as lines. */
export function demoTable(runs: readonly DemoRun[]): readonly string[] {
  const row = (name: string, cell: (run: DemoRun) => string): readonly string[] => [name, ...runs.map(cell)]
  const report = (name: string, cell: (report: Report) => string): readonly string[] =>
    row(name, ({ run }) => cell(run.report))
  const held = (cell: (report: Report) => string): readonly string[] => row('  buy and hold', (run) => cell(run.held))
  const total = ({ statistics }: Report): string => percentText(statistics.totalReturn)
  const drawdown = ({ statistics }: Report): string => percentText(statistics.maxDrawdown)
  const sharpe = ({ statistics }: Report): string => numberText(statistics.sharpe)
  return table([
    row('', ({ market }) => market.title),
    report('From', ({ config }) => dayText(config.instruments[0]!.from)),
    report('To', ({ config }) => dayText(config.instruments[0]!.to)),
    report('Bars', ({ config }) => numberText(config.instruments[0]!.bars, 0)),
    row('Costs per side', ({ market }) => costs(market.settings)),
    report('Return', total),
    held(total),
    report('Max drawdown', drawdown),
    held(drawdown),
    report('Sharpe ratio', sharpe),
    held(sharpe),
    report('Trades', ({ statistics }) => numberText(statistics.trades, 0)),
    report('Fees, of 100,000', ({ statistics }) => numberText(statistics.fees, 0)),
    report('Verdict', (run) => verdict(run).kind),
    report('Result', ({ resultHash }) => resultHash.slice(0, 16)),
    [''],
    [limitsHeading],
    ...limitsRows(runs),
    [''],
    [modelsHeading],
    ...modelsRows(runs),
  ])
}

/** Sentences on what the figures mean, the unwelcome ones as well. */
export function readingText(runs: readonly DemoRun[]): readonly string[] {
  const edge = runs.some(({ run }) => verdict(run.report).kind !== 'no evidence of edge')
  return [
    ...runs.map(({ market, run }) => `${market.title}: ${outcome(run.report)}`),
    edge
      ? 'One run is one trial: a good figure has to hold on data that nobody has looked at.'
      : 'No run shows evidence of an edge. The reports say so, and why.',
    ...trainingNotes(runs),
    'Models: mean weight in share of bars, mean push in log-odds, recent loss. Risk told makes others careful.',
    'Above 0.25 a loss says less than a coin; the weight falls, and the control, always one half, gains it.',
    'Limits on size stop new risk and sell nothing: price alone can carry a position past 100 % of one.',
    'The synthetic prices come from a seed and have planted regimes: a profit there would prove nothing.',
  ]
}

function outcome({ statistics }: Report): string {
  const profit = statistics.equityFinal - statistics.equityStart
  const fees = numberText(statistics.fees, 0)
  if (profit >= 0) return `earned ${numberText(profit, 0)} after ${fees} of fees.`
  if (statistics.fees >= -profit) return `lost ${numberText(-profit, 0)}; without fees of ${fees} it would have gained.`
  return `lost ${numberText(-profit, 0)}, of which ${fees} are fees.`
}

function costs({ fees, slippage }: DemoRun['market']['settings']): string {
  return `${Number((100 * fees.taker).toFixed(4))} % + ${slippage.size} ${slippage.kind}`
}
