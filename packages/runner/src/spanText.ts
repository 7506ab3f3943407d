import { dayMs } from '@astertrade/core'

const units = [
  ['d', dayMs],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/**
 * A span of time as a count of its largest whole unit, as `duration` reads it.
 *
 * @example
 * spanText(5_400_000) // => '90m'
 */
export function spanText(ms: number): string {
  const [name, size] = units.find(([, unit]) => ms % unit === 0) ?? units[4]
  return `${ms / size}${name}`
}
