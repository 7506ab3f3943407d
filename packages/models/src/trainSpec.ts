import type { Bars, MarketEvent } from '@astertrade/core'
import type { Json } from './artifact.js'
import type { FeatureOptions } from './features/featureSpec.js'
import type { ForwardReturnOptions } from './labels/forwardReturn.js'
import type { TripleBarrierOptions } from './labels/tripleBarrier.js'

/** Which labels to train on, with those options that are not the default. */
export type LabelSpec =
  | ({ readonly kind: 'tripleBarrier' } & Partial<TripleBarrierOptions>)
  | ({ readonly kind: 'forwardReturn' } & Partial<ForwardReturnOptions>)

/** What to train, as plain JSON. */
export interface TrainSpec {
  /** Name under which versions follow each other, such as `classifier-btc-1h`. */
  readonly id: string
  /** A name in `modelKinds`: `classifier`, `ppo`, `volatility` or `orderFlow`. */
  readonly kind: string
  readonly seed: number
  /** Parameters of the kind that are not its default. */
  readonly params?: { readonly [name: string]: Json }
  /** Which features; for kinds that read them (default all). */
  readonly features?: FeatureOptions
  /** For kinds that are trained on bars (default the triple barrier with its own defaults). */
  readonly labels?: LabelSpec
}

/** What to train on: bars, or trades and quotes in time order for order flow. */
export type TrainData = Bars | readonly MarketEvent[]
