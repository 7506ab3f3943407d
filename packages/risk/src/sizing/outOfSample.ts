import { ConfigError, type Timestamp } from '@astertrade/core'

declare const seal: unique symbol

/** Returns of trades made after the end of what the strategy was fitted to. Made by `outOfSample` alone. */
export interface OutOfSample {
  readonly returns: readonly number[]
  readonly [seal]: true
}

/** What `outOfSample` takes. */
export interface OutOfSampleOptions {
  /** Return of each trade after all costs, per unit of what was invested. */
  readonly returns: ArrayLike<number>
  /** Time of the first trade. */
  readonly from: Timestamp
  /** End of the data that the strategy, its parameters or its model were chosen on. */
  readonly fittedTo: Timestamp
}

/**
 * States that returns come from outside the sample a strategy was fitted to; sizing on an estimated edge takes nothing else.
 *
 * @throws ConfigError `IN_SAMPLE` if the first trade is not after the end of the fit, `BAD_TIME` for a time that is none, `NOT_FINITE` for a return that is no number or
 * below -1.
 * @example
 * outOfSample({ returns: [0.01, -0.004], from: timestamp('2024-01-02'), fittedTo: timestamp('2024-01-01') }).returns.length // => 2
 */
export function outOfSample({ returns, from, fittedTo }: OutOfSampleOptions): OutOfSample {
  for (const [name, time] of Object.entries({ from, fittedTo })) {
    if (Number.isFinite(time)) continue
    throw new ConfigError(`${name} ${JSON.stringify(time)} is not a time.`, {
      code: 'BAD_TIME',
      hints: ["Write timestamp('2024-01-02')."],
    })
  }
  if (!(from > fittedTo)) {
    throw new ConfigError(`Trades from "${from}" on are not after the fit, which ends at "${fittedTo}".`, {
      code: 'IN_SAMPLE',
      hints: ['An edge on the data it was found on is no edge: take the trades of a walk-forward test.'],
    })
  }
  const copy = Array.from(returns)
  const bad = copy.findIndex((value) => !(typeof value === 'number' && value >= -1 && value < Number.POSITIVE_INFINITY))
  if (bad >= 0) {
    throw new ConfigError(`Return ${bad} is "${copy[bad]}", not a finite number of at least -1.`, {
      code: 'NOT_FINITE',
    })
  }
  return { returns: copy } as unknown as OutOfSample
}
