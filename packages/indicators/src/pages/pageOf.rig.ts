import type { IndicatorDefinition } from '../definition.js'
import type { Parameter } from '../parameters.js'
import { conventions } from './conventions.rig.js'
import { daysShown, lastDay } from './plotOf.rig.js'
import { type SourceComments, sourceComments } from './sourceComments.rig.js'

/** The name an indicator goes by: the comment of its class starts with it. */
export function titleOf({ stream }: SourceComments): string {
  return stream.text.split(/, streaming| with /)[0]!
}

/** The page of an indicator as Markdown. */
export function pageOf(definition: IndicatorDefinition): string {
  const comments = sourceComments(definition)
  const { id } = definition
  const { className, stream, batch, signature } = comments
  const title = titleOf(comments)
  return [
    `# ${title}`,
    `![${definition.create().name} of the S&P 500, ${daysShown} days to ${lastDay}](plots/${id}.svg)`,
    stream.text.replace(', streaming', ''),
    factsOf(definition),
    ...optionsOf(definition, comments),
    ...elsewhereOf(id),
    '## Stream',
    code([`import { ${className} } from '@astertrade/indicators'`, '', stream.example]),
    '## Batch',
    `\`${signature}\`: ${lowerFirst(batch.text)}`,
    code([`import { ${id} } from '@astertrade/indicators'`, '', batch.example]),
    '## Errors',
    `\`${batch.throws.split(' ')[0]}\` ${batch.throws.split(' ').slice(1).join(' ')}`,
    ...stream.throws.split('\n').filter((line) => line.startsWith('InvariantError')),
    '[All indicators](README.md) · [Choose and combine](../guides/choose-indicators.md)',
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

function factsOf(definition: IndicatorDefinition): string {
  const { category, inputs, outputs, primary, units, plotOffset, source } = definition
  const input = inputs.length === 1 ? `a number, by default the ${inputs[0]}` : `a bar with ${inputs.join(', ')}`
  const named = outputs.map((output) => `\`${output}\`${outputs.length > 1 && output === primary ? ' (primary)' : ''}`)
  return table(
    ['', ''],
    [
      ['group', category],
      ['input', input],
      [outputs.length > 1 ? 'outputs' : 'output', named.join(', ')],
      ['units', units],
      ...boundsOf(definition),
      ['first value of every output', `input ${definition.warmup()}`],
      ['independent of its start', startOf(definition)],
      ...(plotOffset === 0 ? [] : [['drawn', `${plotOffset} bars to the right`]]),
      ['source', source],
    ],
  )
}

function boundsOf({ outputs, bounds = {} }: IndicatorDefinition): string[][] {
  const limits = outputs.flatMap((output) => {
    const { min, max } = bounds[output] ?? {}
    if (min === undefined) return []
    return [`${outputs.length > 1 ? `\`${output}\` ` : ''}${max === undefined ? `≥ ${min}` : `${min} … ${max}`}`]
  })
  return limits.length === 0 ? [] : [['bounds', limits.join(', ')]]
}

/** Indicators whose start may matter for longer than their averages remember it. */
const lasting: Readonly<Record<string, string>> = {
  adLine: 'never: its level is the sum of all bars; its changes are, from the first one on',
  obv: 'never: its level is the sum of all bars; its changes are, from the first one on',
  parabolicSar: 'once it has turned as it would have from another start: nearly always by input 100, with no bound',
  supertrend: 'once it has turned as it would have from another start, and its average range by input 143, to 1e-6',
  vpin: 'never wholly: buckets are cut from the first volume on, and their size is fixed by the first volumes',
}

function startOf({ id, stableAfter }: IndicatorDefinition): string {
  return lasting[id] ?? `from input ${stableAfter()} on, to 1e-6`
}

function optionsOf(definition: IndicatorDefinition, { options }: SourceComments): string[] {
  const params = Object.entries<Parameter>(definition.params as Record<string, Parameter>)
  if (params.length === 0) return []
  const rows = params.map(([name, parameter]) => {
    const meaning = (options[name] ?? '').replaceAll('\n', ' ').replaceAll('|', '\\|')
    return [
      `\`${name}\``,
      `\`${JSON.stringify(parameter.default).replaceAll('"', "'")}\``,
      acceptedBy(parameter),
      meaning,
    ]
  })
  return ['## Options', table(['option', 'default', 'takes', 'meaning'], rows)]
}

function acceptedBy(parameter: Parameter): string {
  if (parameter.kind === 'choice') return parameter.choices.map((choice) => `\`'${choice}'\``).join(', ')
  return `${parameter.kind} ${parameter.min} … ${parameter.max.toLocaleString('en')}`
}

function elsewhereOf(id: string): string[] {
  const rows = conventions.filter((convention) => convention.ids.includes(id))
  if (rows.length === 0) return []
  return [
    '## Elsewhere',
    table(
      ['question', 'here', 'TradingView', 'TA-Lib', 'option'],
      rows.map(({ question, ours, tradingView, taLib, option }) => [question, ours, tradingView, taLib, option]),
    ),
  ]
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

function code(lines: readonly string[]): string {
  return ['```ts', ...lines, '```'].join('\n')
}

/** With a small first letter, unless it starts an abbreviation or a name. */
function lowerFirst(text: string): string {
  return /^([A-Z]{2}|Bollinger|Chaikin|Donchian|Hull|Ichimoku|Kaufman|Keltner|Williams|Aroon)/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1)
}
