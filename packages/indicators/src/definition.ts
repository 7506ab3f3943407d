import { checkOutputs } from './columns.js'
import type { BarField, BarInput, Indicator, InputColumns, OutputColumns } from './indicator.js'
import type { ParametersOf } from './parameters.js'

/** Family an indicator belongs to. */
export type IndicatorCategory = 'price' | 'momentum' | 'volume' | 'volatility' | 'microstructure'

/** What an output measures, which decides how a model makes them stationary. */
export type IndicatorUnits = 'price' | 'percent' | 'bounded' | 'volume' | 'ratio'

/** The smallest and the largest value of an output. */
export interface OutputBounds {
  readonly min?: number
  readonly max?: number
}

/** What an amount added to all prices does to an output: it moves by that amount, stays, or changes in some other way. */
export type PriceShift = 'moves' | 'stays' | 'changes'

/** What an indicator may be excused from by its nature: see `indicatorContract` of `/testing`. */
export type IndicatorException = 'zeroVolume' | 'hole'

/** What every generic user of an indicator needs to know: charts, feature rows, searches. */
export interface IndicatorDefinition<
  Options extends object = object,
  In = number | BarInput,
  Output extends string = string,
> {
  /** Name of the batch function and of the entry in the registry. */
  readonly id: string
  readonly category: IndicatorCategory
  /** Fields of a bar it reads. With one field, streaming takes that number; with several, the bar. */
  readonly inputs: readonly BarField[]
  /** Names of the outputs; the primary one is what `next` returns. */
  readonly outputs: readonly Output[]
  readonly primary: Output
  /** Default and range of each option. */
  readonly params: ParametersOf<Options>
  readonly units: IndicatorUnits
  /** Units of outputs that measure something else than the primary one. */
  readonly outputUnits?: Readonly<Partial<Record<Output, IndicatorUnits>>>
  /** Limits of outputs that have such, on bars whose prices are above 0. */
  readonly bounds?: Readonly<Partial<Record<Output, OutputBounds>>>
  /**
   * What an amount added to all prices does to outputs, where it is not what their units suggest: `price` moves, `bounded`
   * and `volume` stay, `percent` and `ratio` change.
   */
  readonly priceShift?: Readonly<Partial<Record<Output, PriceShift>>>
  /** Laws that it cannot keep, each with the reason. */
  readonly exceptions?: Readonly<Partial<Record<IndicatorException, string>>>
  /** Bars by which charts usually shift the outputs to the right; the values themselves are never shifted. */
  readonly plotOffset: number
  /** Where the formula comes from. */
  readonly source: string
  /** Finite inputs until every output has its first value. */
  warmup(options?: Options): number
  /** Finite inputs until the starting value no longer matters. */
  stableAfter(options?: Options): number
  /** A new streaming indicator. */
  create(options?: Options): Indicator<In, Output>
  /** All outputs over columns, one array each. */
  batch(bars: InputColumns, options?: Options, out?: OutputColumns<Output>): OutputColumns<Output>
}

/** What a definition says itself; warm-up figures follow from the streaming indicator. */
type Declared<Options extends object, In, Output extends string> = Omit<
  IndicatorDefinition<Options, In, Output>,
  'warmup' | 'stableAfter'
>

/** Completes a definition. */
export function defineIndicator<Options extends object, In, Output extends string>(
  declared: Declared<Options, In, Output>,
): IndicatorDefinition<Options, In, Output> {
  return {
    ...declared,
    batch: (bars, options, out) => {
      if (out !== undefined) checkOutputs(declared.id, declared.outputs, out)
      return declared.batch(bars, options, out)
    },
    warmup: (options) => declared.create(options).warmup,
    stableAfter: (options) => declared.create(options).stableAfter,
  }
}
