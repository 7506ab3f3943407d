import { ConfigError } from '../../errors.js'
import { quoted } from '../../quoted.js'

/**
 * Checks that what is to be read are bytes.
 *
 * @throws ConfigError with code `BAD_DATA` that says how to get them.
 */
export function checkBytes(given: unknown): asserts given is Uint8Array {
  if (ArrayBuffer.isView(given)) return
  const isText = typeof given === 'string'
  throw new ConfigError(`A CSV is read from bytes, not from ${isText ? 'text' : quoted(given)}.`, {
    code: 'BAD_DATA',
    hints: [isText ? 'new TextEncoder().encode(text)' : 'A Uint8Array, such as readFileSync(path) of node:fs.'],
  })
}
