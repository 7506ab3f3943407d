import type { Duration, MarketEvent, Timestamp } from '@astertrade/core'

/** What a model says about the next `horizon`: a side with its strength and how far to trust it. */
export interface Forecast {
  readonly kind: 'forecast'
  /** From -1 to 1: the side, times the expected move in units of its own volatility, clipped. */
  readonly direction: number
  /** From 0 to 1: the side is right with probability `(1 + confidence) / 2`. */
  readonly confidence: number
  /** Milliseconds until the forecast can be judged. */
  readonly horizon: Duration
  /** One line for people, such as `trend: 50/200 spread +1.8 ATR, ADX 31`. */
  readonly reason: string
  /** How risky the time ahead looks; from models that know risk rather than a side. */
  readonly risk?: RiskOutlook
}

/** What a model says about risk; it scales the confidence of others. */
export interface RiskOutlook {
  /** Forecast variance of the log return per bar. */
  readonly variance?: number
  /** That variance as a percentile of its own past, from 0 to 1. */
  readonly variancePercentile?: number
  /** Toxicity of the order flow as a percentile of its own past, from 0 to 1. */
  readonly toxicity?: number
  /** Where volatility stands against its own past. */
  readonly regime?: 'calm' | 'normal' | 'stressed'
}

/**
 * Why a model says nothing: `cold` has seen too little, `expired` knows only the past or, asked about it, the future, `schema`
 * was given other features, `outlier` has never seen the like, `nan` was given no number, `no-edge` sees nothing to gain,
 * `backend` could not compute.
 */
export type AbstainCode = 'cold' | 'expired' | 'schema' | 'outlier' | 'nan' | 'no-edge' | 'backend'

/** A refusal to predict: a value, not an error. */
export interface Abstention {
  readonly kind: 'abstain'
  readonly code: AbstainCode
  /** One line for people. */
  readonly reason: string
}

/** Makes an abstention whose reason begins with the name of who abstains. */
export function abstention(name: string, code: AbstainCode, reason: string): Abstention {
  return { kind: 'abstain', code, reason: `${name}: ${reason}` }
}

/** A forecast, or the reason why there is none. */
export type Prediction = Forecast | Abstention

/** The features of one time, in the order that `schema` names. */
export interface FeatureRow {
  /** When the row could first be known. */
  readonly time: Timestamp
  /** Hash of the ordered features; empty for a row that only asks at a time. */
  readonly schema: string
  readonly values: Float64Array
}

/**
 * A forecaster: it says where a price goes and never trades.
 *
 * A model reads features, or lives on events. One that reads features takes all it knows from the row given to `predict`. One
 * that lives on events (`schema` is empty) is fed by `update`, in time order and with events of one instrument, and `predict`
 * takes nothing from the row but its time: its values are not read, so `askAt(time)` makes one.
 */
export interface Model {
  /** Kind and parameters, such as `trendFollowing(12/50 25/100 50/200)`. */
  readonly id: string
  /** Milliseconds until a forecast can be judged; not finite while the length of a bar is unknown. */
  readonly horizon: Duration
  /** Rows or bars seen before the first forecast. */
  readonly warmup: number
  /** Hash of the features it reads, or empty for a model that lives on events. */
  readonly schema: string
  /** Says what it thinks at the time of the row. Changes nothing: asking twice gives the same answer. */
  predict(row: FeatureRow): Prediction
  /** Takes what the market said; events it has no use for change nothing. A bar is read during the call and never kept. */
  update?(event: MarketEvent): void
  /** An independent model in the same state. */
  clone(): Model
  /** The whole state as numbers. */
  snapshot(): Float64Array
  /**
   * Continues from a snapshot of a model with the same id.
   *
   * @throws ConfigError if the snapshot is none of this model; the state then stays as it is.
   */
  restore(state: Float64Array): void
}

/** A model that lives on events. */
export interface StreamingModel extends Model {
  update(event: MarketEvent): void
}

const noValues = new Float64Array(0)

/** A row without features, for models that live on events. */
export function askAt(time: Timestamp): FeatureRow {
  return { time, schema: '', values: noValues }
}
