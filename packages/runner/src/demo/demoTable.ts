import { type Report, verdict } from '@astertrade/core/backtest'
import { numberText, percentText } from '../numberText.js'
import { table } from '../table.js'
import type { DemoRun } from './runDemo.js'

/** The figures of a demo, one column per market, as lines. */
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
    report('From', ({ config }) => day(config.instruments[0]!.from)),
    report('To', ({ config }) => day(config.instruments[0]!.to)),
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
  ])
}

/** What the limits did, one line each, led by the market. */
export function limitsText(runs: readonly DemoRun[]): readonly string[] {
  const width = Math.max(...runs.map(({ market }) => market.title.length))
  return runs.flatMap(({ market, run }) => {
    const told = limitsTold(run.report)
    return (told.length > 0 ? told : ['no limit was touched']).map(
      (line, index) => `${(index === 0 ? market.title : '').padEnd(width)}  ${line}`,
    )
  })
}

function limitsTold({ trips, refusals }: Report): readonly string[] {
  return [
    ...trips.map(({ time, code, mode, until }) => {
      const end = until === undefined ? 'the end' : day(until)
      return `${mode} from ${day(time)} to ${end} (${code})`
    }),
    ...refusals.flatMap(({ code, refused, shrunk }) => [
      ...(refused > 0 ? [`${numberText(refused, 0)} orders refused (${code})`] : []),
      ...(shrunk > 0 ? [`${numberText(shrunk, 0)} orders made smaller (${code})`] : []),
    ]),
  ]
}

/** Sentences on what the figures mean, the unwelcome ones as well. */
export function readingText(runs: readonly DemoRun[]): readonly string[] {
  const edge = runs.some(({ run }) => verdict(run.report).kind !== 'no evidence of edge')
  return [
    ...runs.map(({ market, run }) => `${market.title}: ${outcome(run.report)}`),
    edge
      ? 'One run is one trial: a good figure has to hold on data that nobody has looked at.'
      : 'No run shows evidence of an edge. The reports say so, and why.',
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

/** A date, UTC. */
function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
