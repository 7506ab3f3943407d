/** One voice of a strategy that several models speak in, over a run. */
export interface MemberRow {
  readonly name: string
  /** Share of the decisions at which it took a side. */
  readonly spoke: number
  /** Share of them at which it told of risk and took no side. */
  readonly warned: number
  /** Mean weight over the decisions at which it spoke, and its weight at the last decision; `NaN` and 0 for one that never did. */
  readonly weightMean: number
  readonly weightLast: number
  /** Mean size of what it added to the log-odds of a rise, over the decisions at which it spoke. */
  readonly contribution: number
  /** Mean loss of its forecasts that could be judged lately, from 0 to 1; `NaN` without any. */
  readonly loss: number
  /** What it said last: its reason to speak or not to. */
  readonly reason: string
  /** Weight at the last decision of each day. */
  readonly weights: readonly number[]
}

/** The voices of a strategy on one instrument, with their weights over time. */
export interface Members {
  readonly instrument: string
  /** When the weights of the rows were noted, ms. */
  readonly time: readonly number[]
  readonly decisions: number
  /** Mean loss of the control that always says one half. */
  readonly controlLoss: number
  readonly rows: readonly MemberRow[]
}
