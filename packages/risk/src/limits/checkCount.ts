import { ConfigError } from '@astertrade/core'

/**
 * Answers a whole number from 1 to a most.
 *
 * @throws ConfigError `BAD_LIMIT` for anything else.
 */
export function checkCount(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  const got = typeof value === 'string' ? JSON.stringify(value) : `"${value}"`
  throw new ConfigError(`${name} ${got} is not a whole number from 1 to ${most}.`, { code: 'BAD_LIMIT' })
}
