import type { BarColumns, BarField, BarInput } from '../indicator.js'
import { columnsOf } from './barSeries.js'
import { type ContractCheck, type ContractSubject, holds, sameBits, streamRows } from './contractSubject.js'
import { property, series } from './streamLaws.js'

type Results = Readonly<Record<string, Float64Array>>

/** The laws of a batch function and of the formula: stream and batch, memory, no look-ahead, scale. */
export function seriesLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    property(subject, 'computes the same bits in batch as in a stream', series('some'), (bars) =>
      checkBatch(subject, bars),
    ),
    property(subject, 'writes to given outputs, even over its inputs', series('some'), (bars) =>
      checkMemory(subject, bars),
    ),
    property(subject, 'never changes past outputs when bars are appended', series('some'), (bars) => {
      const part = bars.slice(0, Math.floor(bars.length / 2))
      const whole = batch(subject, columnsOf(bars))
      for (const [name, column] of Object.entries(batch(subject, columnsOf(part)))) {
        sameBits(column, whole[name]!.subarray(0, part.length), `output ${name} of a prefix`)
      }
    }),
    property(subject, 'scales with prices exactly as its units say', series('none'), (bars) =>
      checkScale(subject, bars, ['high', 'low', 'close']),
    ),
    property(subject, 'scales with volumes exactly as its units say', series('none'), (bars) =>
      checkScale(subject, bars, ['volume']),
    ),
  ]
}

function batch({ definition, options }: ContractSubject, columns: BarColumns): Results {
  return definition.batch(columns, options)
}

function checkBatch(subject: ContractSubject, bars: readonly BarInput[]): void {
  const { outputs } = subject.definition
  const results = batch(subject, columnsOf(bars))
  const rows = streamRows(subject, bars)
  holds(Object.keys(results).join() === outputs.join(), `batch returned ${Object.keys(results)}, not ${outputs}`)
  for (const [at, output] of outputs.entries()) {
    const column = rows.map((row) => row[at]!)
    sameBits(results[output]!, column, `batch output ${output}`)
  }
}

function checkMemory(subject: ContractSubject, bars: readonly BarInput[]): void {
  const { definition, options } = subject
  const expected = batch(subject, columnsOf(bars))
  for (const field of definition.inputs) {
    for (const target of definition.outputs) {
      const columns = columnsOf(bars)
      const out = Object.fromEntries(
        definition.outputs.map((name) => [name, name === target ? columns[field] : new Float64Array(bars.length)]),
      )
      const results = definition.batch(columns, options, out)
      for (const output of definition.outputs) {
        holds(results[output] === out[output], `the array given for ${output} is not the one returned`)
        sameBits(results[output]!, expected[output]!, `output ${output} with ${target} over ${field}`)
      }
    }
  }
}

/** Powers of two move no rounding, so nothing but the units may change: no hidden epsilon. */
function checkScale(subject: ContractSubject, bars: readonly BarInput[], fields: readonly BarField[]): void {
  const { units, outputUnits } = subject.definition
  const followed = fields.includes('volume') ? 'volume' : 'price'
  for (const factor of [2 ** -30, 2 ** 30]) {
    const scaled = bars.map((bar) => {
      const copy = { ...bar }
      for (const field of fields) copy[field] *= factor
      return copy
    })
    const actual = batch(subject, columnsOf(scaled))
    for (const [name, column] of Object.entries(batch(subject, columnsOf(bars)))) {
      const measure = outputUnits?.[name] ?? units
      if (measure === 'ratio') continue
      const expected = column.map((value) => (measure === followed ? value * factor : value))
      sameBits(actual[name]!, expected, `output ${name} with ${fields} times "${factor}"`)
    }
  }
}
