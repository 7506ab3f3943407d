import { type Bars, ConfigError, cursor, type Duration, pow } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { averageUniqueness } from '../labels/averageUniqueness.js'
import type { BarLabels } from '../labels/barLabels.js'
import { type FeatureRows, featureRows } from './featureRows.js'
import { type FeatureOptions, type FeatureSpec, featureSpec } from './featureSpec.js'

/** What `buildDataset` takes besides bars. */
export interface BuildDatasetOptions {
  /** Labels of the same bars, such as `tripleBarrier(bars)`. */
  readonly labels: BarLabels
  /** Which features (default all). */
  readonly features?: FeatureOptions
  /** 1 for each bar that was made up, such as `fillGaps` returns it; those bars feed the indicators and make no rows. */
  readonly synthetic?: Uint8Array
  /** Age at which a row weighs half as much as the newest (default: all ages alike). */
  readonly halfLife?: Duration
}

/** Bars that made no row, by the first reason that held. */
export interface DroppedBars {
  /** Before no column depended on where the series started. */
  readonly cold: number
  /** Made up. */
  readonly synthetic: number
  /** A feature was no number. */
  readonly notFinite: number
  /** Not settled by the end of the series, or no label for another reason. */
  readonly unlabelled: number
}

/** A dataset with how it was made. */
export interface BarDataset extends Dataset {
  /** Which features it has, to be given to `featureRows` when the model is served. */
  readonly spec: FeatureSpec
  readonly dropped: DroppedBars
}

/**
 * Turns bars and their labels into rows to train on: features at the close of each bar, what became of it, and its weight.
 *
 * The numbers are those of `featureRows`, bit for bit. Nothing is normalised here: a scaler is fitted on a training fold, never on all rows.
 * The weight of a row is its average uniqueness, times a half per `halfLife` of age. Memory is that of the result: four bytes for
 * each bar and column.
 *
 * @throws ConfigError `BAD_DATASET` if labels or `synthetic` belong to other bars, `NO_ROWS` if no row is left, `BAD_PARAMETER` if a choice is
 * not known.
 * @example
 * const data = buildDataset(bars, { labels: tripleBarrier(bars) })
 * data.dropped // => { cold: 3331, synthetic: 0, notFinite: 0, unlabelled: 24 }
 */
export function buildDataset(bars: Bars, options: BuildDatasetOptions): BarDataset {
  const { labels, halfLife } = options
  const synthetic = options.synthetic ?? new Uint8Array(bars.length)
  checkInput(bars, labels, synthetic, halfLife)
  const spec = featureSpec(options.features)
  const stream = featureRows(spec)
  const { kept, features, dropped } = collectRows(bars, stream, labels, synthetic)
  const rows = kept.length
  if (rows === 0) throw noRows(bars.length, stream.warmup, dropped)
  const ends = kept.map((bar) => labels.ends[bar]!)
  const times = Float64Array.from(kept, (bar) => bars.time[bar]!)
  const weights = averageUniqueness({ starts: kept, ends })
  if (halfLife !== undefined) {
    for (let row = 0; row < rows; row++) weights[row]! *= pow(0.5, (times[rows - 1]! - times[row]!) / halfLife)
  }
  return {
    schema: stream.schema,
    names: stream.names,
    rows,
    features,
    times,
    prices: Float64Array.from(kept, (bar) => bars.close[bar]!),
    labels: {
      spec: halfLife === undefined ? labels.spec : { ...labels.spec, halfLife },
      classCount: labels.classCount,
      classes: Uint8Array.from(kept, (bar) => labels.classes[bar]!),
      returns: Float64Array.from(kept, (bar) => labels.returns[bar]!),
      ends: Float64Array.from(ends, (bar) => bars.time[bar]!),
      weights,
    },
    spec,
    dropped,
  }
}

interface CollectedRows {
  /** Bar of each row. */
  readonly kept: Int32Array
  readonly features: Float32Array
  readonly dropped: DroppedBars
}

/** One pass over the bars; columns are `length` apart at first and are moved together at the end. */
function collectRows(bars: Bars, stream: FeatureRows, labels: BarLabels, synthetic: Uint8Array): CollectedRows {
  const { length } = bars
  const width = stream.names.length
  const features = new Float32Array(width * length)
  const kept = new Int32Array(length)
  const dropped = { cold: 0, synthetic: 0, notFinite: 0, unlabelled: 0 }
  const bar = cursor(bars)
  let rows = 0
  for (let index = 0; bar.advance(); index++) {
    const { values } = stream.next(bar)
    if (stream.samples < stream.warmup) dropped.cold++
    else if (synthetic[index] === 1) dropped.synthetic++
    else if (Number.isNaN(values[0]!)) dropped.notFinite++
    else if (labels.ends[index] === -1) dropped.unlabelled++
    else {
      for (let column = 0; column < width; column++) features[column * length + rows] = values[column]!
      kept[rows++] = index
    }
  }
  for (let column = 1; column < width && rows < length; column++) {
    features.copyWithin(column * rows, column * length, column * length + rows)
  }
  return { kept: kept.slice(0, rows), features: features.subarray(0, width * rows), dropped }
}

function checkInput(bars: Bars, labels: BarLabels, synthetic: Uint8Array, halfLife: number | undefined): void {
  for (const [name, length] of [
    ['labels', labels.ends.length],
    ['synthetic', synthetic.length],
  ] as const) {
    if (length === bars.length) continue
    throw new ConfigError(`Option "${name}" of buildDataset is of "${length}" bars, there are "${bars.length}".`, {
      code: 'BAD_DATASET',
      hints: ['Make it from the same bars.'],
    })
  }
  if (halfLife !== undefined && !(halfLife > 0 && halfLife < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`Option "halfLife" of buildDataset is "${halfLife}".`, {
      code: 'BAD_PARAMETER',
      hints: ['Milliseconds above 0, such as 90 * dayMs.'],
    })
  }
}

function noRows(length: number, warmup: number, dropped: DroppedBars): ConfigError {
  const reasons = Object.entries(dropped).map(([reason, count]) => `${reason} ${count}`)
  return new ConfigError(`No row is left of ${length} bars (${reasons.join(', ')}).`, {
    code: 'NO_ROWS',
    hints: [
      `Rows begin at bar ${warmup}; fewer indicators may begin earlier.`,
      'Without volume, leave out the indicators of volume and the group "bar".',
    ],
  })
}
