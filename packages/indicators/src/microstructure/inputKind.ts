import { InvariantError } from '@astertrade/core'

/** What an event indicator is fed: 0 for nothing yet, then bars, trades or quotes. A number, as it is part of the state. */
export type InputKind = 0 | 1 | 2 | 3

/** A bar, by `next`, `replace` or `peek`. */
export const barInput = 1
/** A trade, by `onTrade`. */
export const tradeInput = 2
/** A quote, by `onQuote`. */
export const quoteInput = 3

const names = ['nothing', 'bars', 'trades', 'quotes'] as const

/**
 * The kind of input from now on.
 *
 * @throws InvariantError if it was another one before.
 */
export function admitInput(indicator: string, before: InputKind, given: InputKind): InputKind {
  if (before === 0 || before === given) return given
  throw new InvariantError(
    `${indicator} takes ${names[before]}, as its first input was, and was given ${names[given]}.`,
    {
      code: 'MIXED_INPUTS',
      hints: ['Make one instance for each kind of input; reset() makes this one take another.'],
    },
  )
}
