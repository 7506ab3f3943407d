/** A field of a bar that an indicator may read. */
export type BarField = 'high' | 'low' | 'close' | 'volume'

/** What a multi-input indicator reads from a bar; a core `Bar`, or the engine's cursor, satisfies it. */
export type BarInput<Field extends BarField = BarField> = Readonly<Record<Field, number>>

/** A series: a `Float64Array`, or a list of numbers, of which a batch function makes one. */
export type Column = Float64Array | readonly number[]

/** Series of equal length that a batch function takes; a core `Bars` satisfies it. */
export type InputColumns<Field extends BarField = BarField> = Readonly<Record<Field, Column>>

/** Columns of equal length; a core `Bars` satisfies it. */
export type BarColumns<Field extends BarField = BarField> = Readonly<Record<Field, Float64Array>>

/** What a batch function of several outputs returns, and takes to write to: one array each, as long as the input. */
export type OutputColumns<Output extends string> = Readonly<Record<Output, Float64Array>>

/**
 * A streaming indicator: constant memory, one input at a time, no look-ahead.
 *
 * `In` is a number, or a bar for indicators of several fields. A bar is read during the call and never kept.
 * `next`, `replace`, `peek` and `output` allocate nothing. What throws is `restore`, `output`, and `next`, `replace` and
 * `peek` of the microstructure indicators where the kind of input changes. A field that is missing counts as `NaN`. Types
 * are not checked at run time, which would take up to a twentieth of an update: a string, `null` or a date gives wrong
 * values from then on, and a bigint throws, so turn them into numbers first.
 */
export interface Indicator<In = number, Output extends string = string> {
  /** Identifier and parameters, such as `rsi(14)`; conventions appear when they are not the default. */
  readonly name: string
  /** Finite inputs until every output has its first value. */
  readonly warmup: number
  /** Finite inputs until the starting value's share of the result is below 1e-6. */
  readonly stableAfter: number
  /** Calls of `next` so far, non-finite inputs included. */
  readonly samples: number
  /** True once enough finite inputs were seen for every output. */
  readonly isReady: boolean
  /** The primary output; `NaN` until it has a value, and where the last input left it without one. */
  readonly value: number
  /**
   * Any output by its name.
   *
   * @throws ConfigError if the indicator has no such output.
   */
  output(name: Output): number
  /** Takes a closed bar, or opens a new one; returns the primary output. A non-finite input counts as `NaN`. */
  next(input: In): number
  /** Takes the forming bar again, as if the last `next` had never happened; before any `next` it is one. */
  replace(input: In): number
  /** What `next` would return; the state stays as it is. */
  peek(input: In): number
  /** An independent indicator in the same state. */
  clone(): this
  /** Goes back to the state of a new indicator. */
  reset(): void
  /** The whole state as numbers: layout version, samples, configuration hash, then the fields. */
  snapshot(): Float64Array
  /**
   * Continues from a snapshot of an indicator of the same kind and parameters.
   *
   * @throws ConfigError if the snapshot has another layout or configuration; the state then stays as it is.
   */
  restore(state: Float64Array): void
}
