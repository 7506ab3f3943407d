import { ConfigError } from '@astertrade/core'
import type { Session } from './backend.js'

/**
 * Asserts that a session can take rows out of one array and write their results to another. Takes what `run` takes, in its order,
 * since it stands on the hot path.
 *
 * @throws ConfigError with code `BACKEND` if the rows are no count or an array is short of them.
 */
export function requireRoom(
  { inputs, outputs }: Pick<Session, 'inputs' | 'outputs'>,
  x: Float32Array,
  rows: number,
  out: Float32Array,
): void {
  if (!Number.isSafeInteger(rows) || rows < 0) throw wrong(`Rows "${rows}" is no count.`)
  if (x.length < rows * inputs) throw wrong(`Input of "${x.length}" numbers is short of ${rows} x ${inputs}.`)
  if (out.length < rows * outputs) throw wrong(`Output of "${out.length}" numbers is short of ${rows} x ${outputs}.`)
}

function wrong(message: string): ConfigError {
  return new ConfigError(message, { code: 'BACKEND' })
}
