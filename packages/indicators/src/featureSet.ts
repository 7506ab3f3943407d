import { ConfigError, createHasher } from '@astertrade/core'
import { openColumns } from './columns.js'
import type { IndicatorDefinition } from './definition.js'
import type { FeatureBlock, SlotOf } from './features/featureBlock.js'
import { planBlocks } from './features/planBlocks.js'
import type { BarField, BarInput, InputColumns } from './indicator.js'
import { type ParametersOf, resolveOptions } from './parameters.js'
import { copyState, restoreSnapshot, takeSnapshot } from './state.js'

/** Which outputs become columns: the primary one of each indicator, or all of them. */
export type FeatureColumns = 'primary' | 'all'

/** Options of a feature set. */
export interface FeatureSetOptions {
  /** The primary output of each indicator (default), or all outputs. */
  readonly columns?: FeatureColumns
}

const parameters: ParametersOf<FeatureSetOptions> = {
  columns: { kind: 'choice', default: 'primary', choices: ['primary', 'all'] },
}
const fields: readonly BarField[] = ['high', 'low', 'close', 'volume']

/**
 * Many indicators, at their default options, as one row per bar: what several of them need is computed once.
 *
 * Each column equals that of the indicator alone, bit for bit, in a stream and in a batch. Order and names of the columns are
 * fixed; `schema` is their hash, to be kept beside a model that was fitted on them. A column is `NaN` while its indicator is.
 *
 * Shared in a stream, where at least two of a group are asked for: the averages of `ema`, `dema` and `tema`; the moments of
 * `bollingerBands`, `bollingerWidth` and `stdDev`; the true range of `atr`, `natr`, `supertrend` and `keltner`; the extremes of
 * `stochastic` and `williamsR`; the line of `adLine` and `chaikinOscillator`; the bought and sold volume of `vpin`,
 * `orderFlowImbalance` and `marketImpact`. `batch` computes each indicator by itself.
 *
 * @throws ConfigError if there is no indicator, one is no definition or is given twice, or an option is unknown or out
 * of range.
 * @example
 * const features = new FeatureSet([registry.sma, registry.macd], { columns: 'all' })
 * features.names // => ['sma(20)', 'macd(12,26,9).macd', 'macd(12,26,9).signal', 'macd(12,26,9).histogram']
 * for (const bar of bars) model.update(features.next(bar))
 */
export class FeatureSet {
  /** Number of columns, and the start of the schema: `features(41,15d3fc37)`. */
  readonly name: string
  /** Names of the columns in their order: `rsi(14)`, or `macd(12,26,9).signal` for an indicator of several outputs. */
  readonly names: readonly string[]
  /** SHA-256 of the names in their order, in lower-case hex. */
  readonly schema: string
  /** Finite bars until every column has its first value; nominal where that depends on the volumes. */
  readonly warmup: number
  /** Finite bars until no column depends on where the series started. */
  readonly stableAfter: number
  private readonly definitions: readonly IndicatorDefinition[]
  private readonly columns: FeatureColumns
  private readonly blocks: readonly FeatureBlock[]
  /** `next` of each block: looking it up again on every bar, among so many classes, costs as much as a small indicator. */
  private readonly calls: readonly FeatureBlock['next'][]
  /** The row, and a last slot for what is computed beside it and not asked for. */
  private readonly slots: Float64Array
  private readonly row: Float64Array
  private count = 0

  constructor(definitions: readonly IndicatorDefinition[], options?: FeatureSetOptions) {
    const { columns } = resolveOptions('FeatureSet', parameters, options)
    checkDefinitions(definitions)
    const wanted = definitions.map((definition) => (columns === 'all' ? definition.outputs : [definition.primary]))
    const streams = definitions.map((definition) => definition.create())
    this.definitions = definitions
    this.columns = columns
    this.names = definitions.flatMap(({ outputs }, index) =>
      wanted[index]!.map((output) => streams[index]!.name + (outputs.length > 1 ? `.${output}` : '')),
    )
    checkNames(this.names)
    this.schema = createHasher().json(this.names).digest()
    this.name = `features(${this.names.length},${this.schema.slice(0, 8)})`
    this.warmup = Math.max(...streams.map((stream) => stream.warmup))
    this.stableAfter = Math.max(...streams.map((stream) => stream.stableAfter))
    this.slots = new Float64Array(this.names.length + 1).fill(Number.NaN)
    this.row = this.slots.subarray(0, this.names.length)
    this.blocks = planBlocks(definitions, columns, slotsOf(definitions, wanted))
    this.calls = this.blocks.map((block) => block.next)
  }

  /** Calls of `next` so far. */
  get samples(): number {
    return this.count
  }

  /** True while every column has a value. */
  get isReady(): boolean {
    return !this.row.some(Number.isNaN)
  }

  /** The last row, `NaN` before the first bar; it is written over by the next call. */
  get value(): Float64Array {
    return this.row
  }

  /** Takes a closed bar, or opens a new one, and returns the row; it is written over by the next call. */
  next(bar: BarInput): Float64Array {
    const { blocks, calls, slots } = this
    this.count++
    for (let index = 0; index < calls.length; index++) calls[index]!.call(blocks[index]!, bar, slots)
    return this.row
  }

  /** Takes the forming bar again, as if the last `next` had never happened; before any `next` it is one. */
  replace(bar: BarInput): Float64Array {
    if (this.count === 0) return this.next(bar)
    const { blocks, slots } = this
    for (let index = 0; index < blocks.length; index++) blocks[index]!.replace(bar, slots)
    return this.row
  }

  /**
   * All columns over a series, each as long as the series; the set's own state stays as it is.
   *
   * @throws ConfigError if `high`, `low`, `close` or `volume` is missing, is neither a `Float64Array` nor an array of numbers,
   * or has another length than the rest.
   */
  batch(bars: InputColumns): Float64Array[] {
    openColumns('FeatureSet', fields, bars, [], undefined)
    return this.definitions.flatMap((definition) => {
      const { outputs, primary, batch } = definition
      const columns = batch(bars)
      return (this.columns === 'all' ? outputs : [primary]).map((output) => columns[output]!)
    })
  }

  /** An independent set in the same state. */
  clone(): FeatureSet {
    const copy = new FeatureSet(this.definitions, { columns: this.columns })
    copyState(this, copy)
    return copy
  }

  /** Goes back to the state of a new set. */
  reset(): void {
    copyState(new FeatureSet(this.definitions, { columns: this.columns }), this)
  }

  /** The whole state as numbers: layout version, samples, hash of the name, then the row and what each part holds. */
  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  /**
   * Continues from a snapshot of a set of the same columns.
   *
   * @throws ConfigError if the snapshot has another layout or other columns; the state then stays as it is.
   */
  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

function checkDefinitions(definitions: readonly IndicatorDefinition[]): void {
  if (!Array.isArray(definitions) || definitions.length === 0) {
    throw new ConfigError('A feature set of no indicators.', {
      code: 'NO_FEATURES',
      hints: ['Write new FeatureSet(registry.all()), or name some: new FeatureSet([registry.rsi, registry.atr]).'],
    })
  }
  const bogus = definitions.findIndex((definition) => typeof definition?.create !== 'function')
  if (bogus === -1) return
  throw new ConfigError(`Item ${bogus} of the feature set is "${String(definitions[bogus])}", not a definition.`, {
    code: 'BAD_FEATURE',
    hints: ['Give it entries of the registry, such as registry.rsi.'],
  })
}

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new ConfigError(`Column "${twice}" is in the feature set twice.`, {
    code: 'DUPLICATE_FEATURE',
    hints: ['Give each indicator once.'],
  })
}

/** Where each output stands in the row; what is not wanted goes to the slot behind it. */
function slotsOf(definitions: readonly IndicatorDefinition[], wanted: readonly (readonly string[])[]): SlotOf {
  const slots = new Map<IndicatorDefinition, ReadonlyMap<string, number>>()
  let width = 0
  for (const [index, definition] of definitions.entries()) {
    slots.set(definition, new Map(wanted[index]!.map((output) => [output, width++])))
  }
  return (definition, output) => slots.get(definition)?.get(output) ?? width
}
