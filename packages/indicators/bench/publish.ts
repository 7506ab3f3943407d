import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CaseResult, Comparison } from '../../../bench/summary.js'

const readme = fileURLToPath(new URL('../README.md', import.meta.url))
const own = ['ours', 'ours into given arrays', 'TA-Lib C']

/** Writes the figures of a run between the marks of the package's read-me. */
export function publish(heading: string, comparisons: readonly Comparison[]): void {
  const text = readFileSync(readme, 'utf8')
  const parts = [
    heading,
    batchTable(comparisons),
    streamTable(comparisons),
    rowSentence(comparisons),
    goals(comparisons),
  ]
  const tables = parts.filter((part) => part !== '').join('\n\n')
  writeFileSync(readme, text.replace(/(<!-- bench -->\n)[\s\S]*?(<!-- end of bench -->)/, `$1\n${tables}\n\n$2`))
}

/** Nanoseconds per bar of a case, CPU time, the least of the rounds. */
function perBar({ items }: Comparison, found: CaseResult | undefined): string {
  if (!found) return '–'
  const value = (found.cpuMs.min * 1e6) / items
  return value.toFixed(value < 20 ? 1 : 0)
}

function named({ cases }: Comparison, name: string): CaseResult | undefined {
  return cases.find((entry) => entry.name === name)
}

function fastest(comparison: Comparison): string {
  const peers = comparison.cases.filter(({ name }) => !own.includes(name))
  const best = peers.reduce((left, right) => (right.cpuMs.min < left.cpuMs.min ? right : left))
  return `${perBar(comparison, best)} (${best.name})`
}

function titleOf({ name }: Comparison): string {
  return name.replace(/^\w+: /, '')
}

function batchTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons
    .filter(({ name, cases }) => name.startsWith('Batch: ') && cases.some((entry) => entry.name === 'ours'))
    .map((comparison) => [
      titleOf(comparison),
      perBar(comparison, named(comparison, 'ours into given arrays')),
      perBar(comparison, named(comparison, 'ours')),
      perBar(comparison, named(comparison, 'TA-Lib C')),
      fastest(comparison),
      perBar(comparison, named(comparison, 'technicalindicators')),
    ])
  const head = [
    'batch, ns per bar',
    'ours, arrays given',
    'ours',
    'TA-Lib C',
    'fastest of JavaScript',
    'technicalindicators',
  ]
  return tableOf(head, rows)
}

function streamTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons
    .filter(({ name, cases }) => name.startsWith('Stream: ') && cases.some((entry) => entry.name === 'ours'))
    .map((comparison) => [
      titleOf(comparison),
      perBar(comparison, named(comparison, 'ours')),
      perBar(comparison, named(comparison, 'trading-signals')),
      perBar(comparison, named(comparison, 'fast-technical-indicators')),
      perBar(comparison, named(comparison, 'technicalindicators')),
    ])
  return tableOf(
    ['stream, ns per bar', 'ours', 'trading-signals', 'fast-technical-indicators', 'technicalindicators'],
    rows,
  )
}

function rowSentence(comparisons: readonly Comparison[]): string {
  const row = comparisons.find(({ name }) => /^Stream: a row/.test(name))
  const matrix = comparisons.find(({ name }) => /^Batch: a matrix/.test(name))
  const matrixCase = matrix && named(matrix, 'FeatureSet.batch, primary')
  if (!row || !matrixCase) return ''
  const [feature, inTurn, alone] = ['FeatureSet, primary', 'each of them in turn', 'each indicator alone, added up']
  return `A row of all features takes ${perBar(row, named(row, feature!))} ns; the indicators one after the other take ${perBar(row, named(row, inTurn!))}, and each in a loop of its own, added up, ${perBar(row, named(row, alone!))}. A matrix of them takes ${perBar(matrix, matrixCase)} ns per bar: ${(matrixCase.cpuMs.min / 1000).toFixed(2)} s for ${matrix.items.toLocaleString('en')} bars.`
}

/** How many goals are met, and a table of those that are not. */
function goals(comparisons: readonly Comparison[]): string {
  const aimed = comparisons
    .filter(({ name }) => /^(Batch|Stream): /.test(name))
    .flatMap(({ name, gates }) => gates.map((gate) => ({ ...gate, title: name })))
    .filter(({ goal }) => goal !== undefined)
  const missed = aimed.filter(({ goalMet }) => !goalMet)
  const count = `${aimed.length - missed.length} of ${aimed.length} goals are met.`
  if (missed.length === 0) return count
  const rows = missed.map(({ title, base, ratio, goal }) => [
    `${title} against ${base}`,
    ratio.toFixed(2),
    goal!.toFixed(2),
  ])
  return `${count} The others:\n\n${tableOf(['missed, share of the time of the other', 'measured', 'goal'], rows)}`
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(head),
    `|---|${head
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map(line),
  ].join('\n')
}
