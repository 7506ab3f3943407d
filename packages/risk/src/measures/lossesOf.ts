import { ConfigError } from '@astertrade/core'
import { firstFlaw } from './firstFlaw.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** Most returns in one series, a limit on the work of one call. */
export const observationsMax = 100_000

/**
 * The losses of a series of returns, or why no risk can be read from it: too few, one that is no finite number, all the
 * same.
 *
 * @param needed - Fewest returns.
 * @throws ConfigError `BAD_RETURNS` if `returns` is no list, `TOO_MANY` if it has over 100,000 values.
 */
export function lossesOf(returns: ArrayLike<number>, needed: number): Float64Array | Unavailable {
  checkList(returns)
  if (returns.length === 0) return unavailable('NO_DATA', `${needed} returns`, 0)
  const flaw = firstFlaw(returns)
  if (flaw >= 0) return unavailable('NOT_FINITE', 'finite returns', `"${returns[flaw]}" at ${flaw}`)
  if (returns.length < needed) return unavailable('TOO_SHORT', `${needed} returns`, returns.length)
  const losses = new Float64Array(returns.length)
  let changes = 0
  for (let i = 0; i < losses.length; i++) {
    // From 0, so that no return of 0 becomes a loss of -0.
    losses[i] = 0 - returns[i]!
    if (losses[i] !== losses[0]) changes++
  }
  if (changes === 0) return unavailable('CONSTANT', 'returns that differ', returns[0]!)
  return losses
}

function checkList(returns: ArrayLike<number>): void {
  const { length } = Object(returns) as Partial<ArrayLike<number>>
  if (typeof returns !== 'object' || !Number.isInteger(length) || length! < 0) {
    throw new ConfigError(
      `returns is of type ${returns === null ? 'null' : typeof returns} and not a list of numbers.`,
      {
        code: 'BAD_RETURNS',
        hints: ['Pass an array or Float64Array of simple returns, such as [0.01, -0.02].'],
      },
    )
  }
  if (length! <= observationsMax) return
  throw new ConfigError(`A series of ${length} returns is longer than ${observationsMax}.`, {
    code: 'TOO_MANY',
    hints: ['Use the latest part: risk of a day needs a few thousand days.'],
  })
}
