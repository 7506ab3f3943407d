import type { BarColumns, BarField, BarInput } from '../indicator.js'
import { columnsOf } from './barSeries.js'
import { type ContractCheck, type ContractSubject, holds, sameBits, streamRows } from './contractSubject.js'
import { property, series } from './property.js'
import { unitsOf } from './unitsOf.js'

type Results = Readonly<Record<string, Float64Array>>

/** The laws of a batch function and of the formula: stream and batch, memory, no look-ahead, scale. */
export function seriesLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    property(subject, 'computes the same bits in batch as in a stream', series(subject, 'some'), (bars) =>
      checkBatch(subject, bars),
    ),
    property(subject, 'writes to given outputs, even over its inputs', series(subject, 'some'), (bars) =>
      checkMemory(subject, bars),
    ),
    property(subject, 'never changes past outputs when bars are appended', series(subject, 'some'), (bars) => {
      const part = bars.slice(0, Math.ceil(bars.length * 0.8))
      const whole = batch(subject, columnsOf(bars))
      return Object.entries(batch(subject, columnsOf(part))).reduce(
        (compared, [name, column]) =>
          compared + sameBits(column, whole[name]!.subarray(0, part.length), `output ${name} of a prefix`),
        0,
      )
    }),
    ...scaleLaws(subject),
  ]
}

/** Of outputs in a ratio of units nothing is said. */
function scaleLaws(subject: ContractSubject): readonly ContractCheck[] {
  const { definition } = subject
  if (definition.outputs.every((output) => unitsOf(definition, output) === 'ratio')) return []
  const bars = series(subject, 'none')
  return [
    property(subject, 'scales with prices exactly as its units say', bars, (list) =>
      checkScale(subject, list, ['high', 'low', 'close']),
    ),
    property(subject, 'scales with volumes exactly as its units say', bars, (list) =>
      checkScale(subject, list, ['volume']),
    ),
  ]
}

function batch({ definition, options }: ContractSubject, columns: BarColumns): Results {
  return definition.batch(columns, options)
}

function checkBatch(subject: ContractSubject, bars: readonly BarInput[]): number {
  const { outputs } = subject.definition
  const results = batch(subject, columnsOf(bars))
  const rows = streamRows(subject, bars)
  holds(Object.keys(results).join() === outputs.join(), `batch returned ${Object.keys(results)}, not ${outputs}`)
  let compared = 0
  for (const [at, output] of outputs.entries()) {
    const column = rows.map((row) => row[at]!)
    compared += sameBits(results[output]!, column, `batch output ${output}`)
  }
  return compared
}

function checkMemory(subject: ContractSubject, bars: readonly BarInput[]): number {
  const { definition, options } = subject
  const expected = batch(subject, columnsOf(bars))
  let compared = 0
  for (const field of definition.inputs) {
    for (const target of definition.outputs) {
      const columns = columnsOf(bars)
      const out = Object.fromEntries(
        definition.outputs.map((name) => [name, name === target ? columns[field] : new Float64Array(bars.length)]),
      )
      const results = definition.batch(columns, options, out)
      for (const output of definition.outputs) {
        holds(results[output] === out[output], `the array given for ${output} is not the one returned`)
        compared += sameBits(results[output]!, expected[output]!, `output ${output} with ${target} over ${field}`)
      }
    }
  }
  return compared
}

/** Powers of two move no rounding, so nothing but the units may change: no hidden epsilon. */
function checkScale(subject: ContractSubject, bars: readonly BarInput[], fields: readonly BarField[]): number {
  const followed = fields.includes('volume') ? 'volume' : 'price'
  let compared = 0
  for (const factor of [2 ** -30, 2 ** 30]) {
    const scaled = bars.map((bar) => {
      const copy = { ...bar }
      for (const field of fields) copy[field] *= factor
      return copy
    })
    const actual = batch(subject, columnsOf(scaled))
    for (const [name, column] of Object.entries(batch(subject, columnsOf(bars)))) {
      const measure = unitsOf(subject.definition, name)
      if (measure === 'ratio') continue
      const expected = column.map((value) => (measure === followed ? value * factor : value))
      compared += sameBits(actual[name]!, expected, `output ${name} with ${fields} times "${factor}"`)
    }
  }
  return compared
}
