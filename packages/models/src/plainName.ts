import { ConfigError } from '@astertrade/core'

const lengthMax = 100
const plain = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
/** Names that Windows keeps for devices, with any ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** True for a name that is one part of a path on every system and leads nowhere else. */
export function isPlainName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.length <= lengthMax &&
    plain.test(name) &&
    !name.endsWith('.') &&
    !device.test(name)
  )
}

/**
 * Asserts that a name can be used in a path.
 *
 * @throws ConfigError with code `BAD_NAME`.
 */
export function requirePlainName(what: string, name: unknown): asserts name is string {
  if (isPlainName(name)) return
  throw new ConfigError(`${what} ${JSON.stringify(name)?.slice(0, 120)} is no plain name.`, {
    code: 'BAD_NAME',
    hints: [`Use up to ${lengthMax} letters, digits, dots, hyphens and underscores, such as classifier-btc-1h.`],
  })
}
