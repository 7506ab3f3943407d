import { ConfigError } from '../errors.js'

/**
 * Checks a figure that must be finite and above 0, such as the number of periods in a year.
 *
 * @throws ConfigError `BAD_PARAMETER` if it is not.
 */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`${name} "${value}" is not a finite number above 0.`, {
      code: 'BAD_PARAMETER',
      hints: ['Such as 252 for trading days, 365 for days, 52 for weeks, 12 for months.'],
    })
  }
}
