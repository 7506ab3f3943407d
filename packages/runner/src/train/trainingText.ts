import type { Json, ModelManifest } from '@astertrade/models'
import { dayText } from '../dayText.js'
import { numberText } from '../numberText.js'
import { table } from '../table.js'

type Figures = Readonly<Record<string, number>>

/**
 * What a training has shown, as lines: each out-of-sample figure of the model beside those of its controls, then what its reader
 * should know.
 */
export function trainingText({ metrics, trainRange, id, kind }: ModelManifest): readonly string[] {
  const columns = figureColumns(metrics)
  const names = [...new Set(columns.flatMap(([, figures]) => Object.keys(figures)))]
  const rows = names.map((name) => [name, ...columns.map(([, figures]) => figureText(figures[name]))])
  const { from, to } = trainRange
  return [
    `${kind} "${id}", trained on ${numberText(trainRange.rows, 0)} rows from ${dayText(from)} to ${dayText(to)}.`,
    '',
    ...table([['Out of sample', ...columns.map(([name]) => name)], ...rows]),
    ...Object.entries(metrics).flatMap(([name, value]) => (typeof value === 'string' ? [`${name}: ${value}`] : [])),
    ...warningsOf(metrics).flatMap((warning) => ['', warning]),
  ]
}

/** What the training warns of, such as that it found no edge. */
export function warningsOf(metrics: ModelManifest['metrics']): readonly string[] {
  const { warnings } = metrics
  return Array.isArray(warnings) ? warnings.map(String) : []
}

/** The model's own figures first, then each of its controls. */
function figureColumns(metrics: ModelManifest['metrics']): readonly (readonly [string, Figures])[] {
  const loose = Object.entries(metrics).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  const groups = Object.entries(metrics).filter((entry): entry is [string, Figures] => isFigures(entry[1]))
  const model = groups.find(([name]) => name === 'model')?.[1]
  const controls = groups.filter(([name]) => name !== 'model')
  return [['model', model ?? Object.fromEntries(loose)], ...controls]
}

function isFigures(value: Json | undefined): value is Figures {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((figure) => typeof figure === 'number')
  )
}

function figureText(figure: number | undefined): string {
  if (figure === undefined) return ''
  const isCount = Number.isInteger(figure) && Math.abs(figure) >= 10
  return numberText(figure, isCount ? 0 : 4)
}
