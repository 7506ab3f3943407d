import { ConfigError } from '../errors.js'
import { quoted } from '../quoted.js'

/** How a bar fills orders. Data, and part of the result hash. */
export interface FillPolicy {
  /** Where a market order fills: the next bar's open or close, the deciding bar's own close, or the next bar's typical price. */
  readonly barFill: 'nextOpen' | 'nextClose' | 'close' | 'nextVwap'
  /** Order of the extremes inside a bar; `adaptive` visits the one nearer to the open first. */
  readonly path: 'OHLC' | 'OLHC' | 'adaptive' | 'worst' | 'best'
  /** A stop jumped over fills at the open, never at its own price. */
  readonly stopGap: 'open'
  /** Whether a limit fills when the price trades past it, or already when it touches. */
  readonly limitTouch: 'through' | 'touch'
  /** Largest share of a bar's volume that orders may take; the rest stays open. `Infinity` ignores volume. */
  readonly maxVolumeShare: number
  /** The same volume cannot fill twice. */
  readonly consumeLiquidity: true
}

/** The policy used where none is given: the next open, extremes nearer to the open first, limits only when traded through. */
export const defaultFillPolicy: FillPolicy = {
  barFill: 'nextOpen',
  path: 'adaptive',
  stopGap: 'open',
  limitTouch: 'through',
  maxVolumeShare: Number.POSITIVE_INFINITY,
  consumeLiquidity: true,
}

const choices = {
  barFill: ['nextOpen', 'nextClose', 'close', 'nextVwap'],
  path: ['OHLC', 'OLHC', 'adaptive', 'worst', 'best'],
  stopGap: ['open'],
  limitTouch: ['through', 'touch'],
} as const

/**
 * Completes and checks a fill policy.
 *
 * @throws ConfigError if it is no object, or a key or value is unknown.
 * @example
 * fillPolicy({ path: 'worst' }).barFill // => 'nextOpen'
 */
export function fillPolicy(options: Partial<FillPolicy> = {}): FillPolicy {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError(`A fill policy is ${quoted(options)}, not an object.`, {
      code: 'BAD_PARAMETER',
      hints: ["Such as fillPolicy: { barFill: 'close' }."],
    })
  }
  const policy = { ...defaultFillPolicy, ...options }
  for (const key of Object.keys(options)) {
    if (!(key in defaultFillPolicy)) {
      throw new ConfigError(`Unknown fill policy key "${key}".`, {
        code: 'UNKNOWN_PARAMETER',
        hints: [`Keys: ${Object.keys(defaultFillPolicy).join(', ')}.`],
      })
    }
  }
  for (const [key, allowed] of Object.entries(choices)) {
    const value = policy[key as keyof typeof choices]
    if (!(allowed as readonly string[]).includes(value)) {
      throw new ConfigError(`Fill policy ${key} "${value}" is unknown.`, {
        code: 'BAD_PARAMETER',
        hints: [`One of ${allowed.join(', ')}.`],
      })
    }
  }
  if (!(policy.maxVolumeShare > 0)) {
    throw new ConfigError(`maxVolumeShare "${policy.maxVolumeShare}" is not above 0.`, {
      code: 'BAD_PARAMETER',
      hints: ['A share of the bar, such as 0.1, or Infinity to ignore volume.'],
    })
  }
  return policy
}
