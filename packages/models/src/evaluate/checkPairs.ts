import { ConfigError } from '@astertrade/core'

/** A column of numbers with its name, such as `outcomes`. */
export type NamedColumn = readonly [name: string, values: ArrayLike<number>]

/**
 * Checks columns that are read side by side.
 *
 * @throws ConfigError with code `BAD_ROWS` if lengths differ or a value is not finite, and with `NO_ROWS` if there are fewer than
 * `rowsMin`.
 */
export function checkPairs(rowsMin: number, ...columns: readonly NamedColumn[]): void {
  const [firstName, first] = columns[0]!
  for (const [name, values] of columns) {
    if (values.length !== first.length) {
      throw new ConfigError(`${values.length} ${name} stand beside ${first.length} ${firstName}.`, {
        code: 'BAD_ROWS',
        hints: ['One of each per row.'],
      })
    }
    for (let row = 0; row < values.length; row++) {
      if (Number.isFinite(values[row]!)) continue
      throw new ConfigError(`Row ${row} of ${name} is "${values[row]}".`, {
        code: 'BAD_ROWS',
        hints: ['Leave out rows that are not finite numbers.'],
      })
    }
  }
  if (first.length >= rowsMin) return
  throw new ConfigError(`${first.length} rows of ${firstName} are too few.`, {
    code: 'NO_ROWS',
    hints: [`At least ${rowsMin}.`],
  })
}
