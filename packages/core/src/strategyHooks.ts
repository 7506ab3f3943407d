import type { Strategy } from './strategy.js'

/** The hooks that a strategy may have. */
export const strategyHooks = Object.freeze(
  Object.keys({
    onBar: true,
    onOpening: true,
    onTrade: true,
    onQuote: true,
    onHeadline: true,
    onOrder: true,
    onRefused: true,
  } satisfies Record<keyof Strategy, true>) as (keyof Strategy)[],
)
