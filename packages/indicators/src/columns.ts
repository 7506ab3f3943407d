import { ConfigError } from '@astertrade/core'
import type { Column } from './indicator.js'
import { isColumn } from './isColumn.js'

type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>

/** What a batch function reads and writes. */
export interface OpenColumns<Field extends string, Output extends string> {
  readonly length: number
  readonly input: Columns<Field>
  readonly output: Columns<Output>
}

/**
 * Checks the columns of a batch call and allocates the outputs that were not given.
 *
 * Inputs that are lists or share memory with an output are copied, so computing in place is correct.
 *
 * @throws ConfigError if an input is missing or no list of numbers, if an output is not a `Float64Array`, if lengths differ,
 * or if two outputs share memory.
 */
export function openColumns<Field extends string, Output extends string>(
  id: string,
  fields: readonly Field[],
  columns: Readonly<Record<Field, Column>>,
  outputs: readonly Output[],
  given: Columns<Output> | undefined,
): OpenColumns<Field, Output> {
  let length = -1
  const open = (name: string, column: unknown): Float64Array => {
    if (!isColumn(column)) throw badColumn(id, name, column)
    if (length === -1) length = column.length
    if (column.length === length) return column
    throw new ConfigError(`Column "${name}" of ${id} has "${column.length}" values, "${fields[0]}" has "${length}".`, {
      code: 'COLUMN_LENGTH',
      hints: ['All columns of one call, outputs included, have the same length.'],
    })
  }
  const reads = fields.map((field) => open(field, copied(columns?.[field])))
  const writes = outputs.map((output) =>
    given === undefined ? new Float64Array(length) : open(`out.${output}`, outputIn(given, output)),
  )
  checkDistinct(id, outputs, writes)
  const safe = reads.map((column) => (writes.some((write) => overlap(column, write)) ? column.slice() : column))
  return { length, input: record(fields, safe), output: record(outputs, writes) }
}

function record<Name extends string>(names: readonly Name[], columns: readonly Float64Array[]): Columns<Name> {
  return Object.fromEntries(names.map((name, index) => [name, columns[index]!])) as unknown as Columns<Name>
}

/** A list of numbers as a column; anything else as it is. */
function copied(column: unknown): unknown {
  const isList = Array.isArray(column) && column.every((value) => typeof value === 'number')
  return isList ? Float64Array.from(column) : column
}

/**
 * Checks that every output was given, of an indicator whose batch function takes only one of them.
 *
 * @throws ConfigError if one is not a `Float64Array`.
 */
export function checkOutputs(id: string, outputs: readonly string[], given: unknown): void {
  for (const output of outputs) {
    const column = outputIn(given, output)
    if (!isColumn(column)) throw badColumn(id, `out.${output}`, column)
  }
}

/** One of the outputs that were given; what is no record of outputs stands for each of them. */
function outputIn(given: unknown, output: string): unknown {
  return typeof given === 'object' && given !== null ? (given as Columns<string>)[output] : given
}

function badColumn(id: string, name: string, column: unknown): ConfigError {
  return new ConfigError(`Column "${name}" of ${id} is ${describe(column)}, not a Float64Array.`, {
    code: 'BAD_COLUMN',
    hints: ['Inputs are Float64Arrays or arrays of numbers, outputs Float64Arrays.'],
  })
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (!Array.isArray(value)) return value.constructor?.name ?? 'an object'
  const at = value.findIndex((item) => typeof item !== 'number')
  return at === -1 ? 'an array' : `an array whose item ${at} is the ${typeof value[at]} "${String(value[at])}"`
}

function checkDistinct(id: string, names: readonly string[], columns: readonly Float64Array[]): void {
  for (const [index, column] of columns.entries()) {
    const other = columns.findIndex((candidate, at) => at > index && overlap(candidate, column))
    if (other === -1) continue
    throw new ConfigError(`Outputs "${names[index]}" and "${names[other]}" of ${id} share memory.`, {
      code: 'SHARED_OUTPUT',
      hints: ['Give each output an array of its own; it may be that of an input.'],
    })
  }
}

function overlap(left: Float64Array, right: Float64Array): boolean {
  if (left.buffer !== right.buffer) return false
  return left.byteOffset < right.byteOffset + right.byteLength && right.byteOffset < left.byteOffset + left.byteLength
}
