import { type FeatureColumns, FeatureSet, type IndicatorDefinition, registry } from '@astertrade/indicators'
import { compare, isShort } from '../../../bench/compare.js'
import { cursorOver, series } from './series.js'

const length = isShort ? 50_000 : 100_000
const { columns } = series(length)
const matrixLength = isShort ? 50_000 : 1_000_000
const { columns: matrixColumns } = series(matrixLength)
const definitions = registry.all()

compare({
  name: `Stream: a row of ${definitions.length} features`,
  items: length,
  cases: [
    { name: 'each indicator alone, added up', run: added(definitions.map(alone)) },
    { name: 'each of them in turn', run: inTurn },
    { name: 'FeatureSet, primary', run: rows('primary') },
    { name: 'FeatureSet, all', run: rows('all') },
  ],
  gates: [{ subject: 'FeatureSet, primary', base: 'each indicator alone, added up', goal: 0.7, ratioMax: 2.2 }],
})

compare({
  name: `Batch: a matrix of ${definitions.length} features`,
  items: matrixLength,
  cases: [
    { name: 'rows of a FeatureSet', run: rows('primary', matrixColumns, matrixLength) },
    { name: 'FeatureSet.batch, primary', run: () => matrix('primary') },
    { name: 'FeatureSet.batch, all', run: () => matrix('all') },
  ],
  gates: [{ subject: 'FeatureSet.batch, primary', base: 'rows of a FeatureSet', ratioMax: 1 }],
})

/** One indicator in a loop of its own, which sees nothing else. */
function alone({ id, create, inputs }: IndicatorDefinition): () => number {
  const [field] = inputs
  const bar = cursorOver(columns)
  const column = columns[field!]
  const input = inputs.length === 1 ? 'column[index]' : 'bar(index)'
  // V8 makes one function of one text, however often it is given, so each needs a text of its own.
  const text = `// ${id}
    const stream = create()
    let sum = 0
    for (let index = 0; index < length; index++) sum += stream.next(${input}) || 0
    return sum`
  const loop = new Function('create', 'bar', 'column', 'length', text)
  return () => loop(create, bar, column, length) as number
}

function added(runs: readonly (() => number)[]): () => number {
  return () => runs.reduce((sum, run) => sum + run(), 0)
}

/** What a program without a FeatureSet does: a list of indicators, one call each per bar. */
function inTurn(): number {
  const streams = definitions.map(({ create, inputs }) => ({
    stream: create(),
    field: inputs.length === 1 ? inputs[0] : undefined,
  }))
  const move = cursorOver(columns)
  let sum = 0
  for (let index = 0; index < length; index++) {
    const bar = move(index)
    for (const { stream, field } of streams) sum += stream.next(field ? bar[field] : bar) || 0
  }
  return sum
}

function rows(kind: FeatureColumns, bars = columns, count = length): () => number {
  return () => {
    const features = new FeatureSet(definitions, { columns: kind })
    const move = cursorOver(bars)
    let sum = 0
    for (let index = 0; index < count; index++) sum += features.next(move(index))[0] || 0
    return sum
  }
}

function matrix(kind: FeatureColumns): number {
  return new FeatureSet(definitions, { columns: kind })
    .batch(matrixColumns)
    .reduce((sum, column) => sum + column.at(-1)!, 0)
}
