import { type Bar, type Timestamp, timestamp } from '@astertrade/core'
import { Atr, FeatureSet, Sma } from '@astertrade/indicators'
import type { FeatureRow } from '../model.js'
import { joinState, splitState } from '../state.js'
import { barFeatureNames, fillBarFeatures } from './barFeatures.js'
import { fillCalendarFeatures } from './calendarFeatures.js'
import { meanBars, planFeatures } from './featurePlan.js'
import { type FeatureOptions, featureSpec } from './featureSpec.js'
import { makeStationary, type StationaryBase, totalBars } from './stationary.js'

/** The features of a stream of bars. */
export interface FeatureRows {
  readonly names: readonly string[]
  /** SHA-256 of what the columns are. */
  readonly schema: string
  /** Bars until no column depends on where the series started; earlier rows are all `NaN`. */
  readonly warmup: number
  /** Bars taken. */
  readonly samples: number
  /**
   * Takes a closed bar and returns its row, which the next call writes over. Values are float32 numbers, as in a dataset; a row with
   * a column that has no value is all `NaN`.
   */
  next(bar: Bar): FeatureRow
  /** The whole state as numbers. */
  snapshot(): Float64Array
  /** @throws ConfigError if the snapshot is none of these features; the state then stays as it is. */
  restore(state: Float64Array): void
}

/**
 * Starts the features of a stream of bars, each made stationary: prices as distances in average true ranges, bounded ones centred,
 * volumes against their mean.
 *
 * Rows of the batch, `buildDataset`, come from here, so both agree bit for bit. A row knows nothing after its bar, and from `warmup` on
 * nothing of where the series began, but for `vpin`: its buckets of volume begin with the series, so feed it the same history or
 * leave it out. Kaufman's average takes 3,331 bars to forget its start, the rest some 300: leave out `kama` to begin earlier.
 *
 * @throws ConfigError `BAD_PARAMETER` if a choice is not known.
 * @example
 * const rows = featureRows({ indicators: ['rsi', 'sma'] })
 * rows.names.slice(0, 2) // => ['rsi(14)', 'sma(20)']
 * for (const bar of bars) model.predict(rows.next(bar))
 */
export function featureRows(options: FeatureOptions = {}): FeatureRows {
  const plan = planFeatures(featureSpec(options))
  const { definitions, transforms, names, schema, spec } = plan
  const set = definitions.length > 0 ? new FeatureSet(definitions, { columns: spec.columns }) : undefined
  const [range, rangeMean, volumeMean] = [new Atr(), new Sma({ period: meanBars }), new Sma({ period: meanBars })]
  const width = transforms.length
  const warmup = Math.max(set?.stableAfter ?? 0, range.stableAfter + meanBars, totalBars + 1)
  const calendarAt = width + (spec.groups.includes('bar') ? barFeatureNames.length : 0)
  const hasBar = spec.groups.includes('bar')
  const hasCalendar = spec.groups.includes('calendar')
  /** Outputs of the last `totalBars` bars, one ring for each column. */
  const past = new Float64Array(width * totalBars).fill(Number.NaN)
  const seen = Float64Array.of(0, Number.NaN)
  const values = new Float64Array(names.length)
  const base: StationaryBase = { close: 0, range: 0, rangeMean: 0, volume: 0 }
  const row: { time: Timestamp; readonly schema: string; readonly values: Float64Array } = {
    time: timestamp(0),
    schema,
    values,
  }

  const fillIndicators = (outputs: Float64Array, place: number): void => {
    for (let column = 0; column < width; column++) {
      const slot = column * totalBars + place
      values[column] = makeStationary(transforms[column]!, outputs[column]!, past[slot]!, base)
      past[slot] = outputs[column]!
    }
  }
  const parts = (): Float64Array[] => {
    const indicators = [range, rangeMean, volumeMean].map((stream) => stream.snapshot())
    return [...(set ? [set.snapshot()] : []), ...indicators, past.slice(), seen.slice()]
  }

  return {
    names,
    schema,
    warmup,
    get samples() {
      return seen[0]!
    },
    next(bar) {
      base.close = bar.close
      base.range = range.next(bar)
      base.rangeMean = rangeMean.next(base.range)
      base.volume = volumeMean.next(bar.volume)
      if (set) fillIndicators(set.next(bar), seen[0]! % totalBars)
      if (hasBar) fillBarFeatures(bar, seen[1]!, base, values, width)
      if (hasCalendar) fillCalendarFeatures(bar.time, values, calendarAt)
      seen[0]!++
      seen[1] = bar.close
      if (seen[0]! < warmup || !roundAll(values)) values.fill(Number.NaN)
      row.time = bar.time
      return row
    },
    snapshot: () => joinState(schema, parts()),
    restore(state) {
      const restored = splitState(schema, parts(), state)
      const streams = [...(set ? [set] : []), range, rangeMean, volumeMean]
      for (const [index, stream] of streams.entries()) stream.restore(restored[index]!)
      past.set(restored[streams.length]!)
      seen.set(restored[streams.length + 1]!)
    },
  }
}

/** Rounds to float32; false if a value is not finite there. */
function roundAll(values: Float64Array): boolean {
  let sum = 0
  for (let index = 0; index < values.length; index++) {
    const value = Math.fround(values[index]!)
    values[index] = value
    sum += value - value
  }
  return sum === 0
}
