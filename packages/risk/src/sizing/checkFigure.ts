import { ConfigError } from '@astertrade/core'

const ranges = {
  finite: ['a finite number', (value: number) => Number.isFinite(value)],
  positive: ['a number above 0', (value: number) => value > 0 && value < Number.POSITIVE_INFINITY],
  notNegative: ['a number of at least 0', (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY],
  share: ['a number from 0 to 1', (value: number) => value >= 0 && value <= 1],
  fraction: ['a number above 0 and at most 1', (value: number) => value > 0 && value <= 1],
  inner: ['a number between 0 and 1', (value: number) => value > 0 && value < 1],
} as const

/**
 * Answers a figure that lies in its range.
 *
 * @throws ConfigError `BAD_FIGURE` that names the figure and its value.
 */
export function checkFigure(name: string, value: number, range: keyof typeof ranges): number {
  const [words, holds] = ranges[range]
  if (typeof value === 'number' && holds(value)) return value
  const got = typeof value === 'string' ? JSON.stringify(value) : `"${value}"`
  throw new ConfigError(`${name} ${got} is not ${words}.`, { code: 'BAD_FIGURE' })
}
