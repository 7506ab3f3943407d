import { ConfigError } from '@astertrade/core'
import type { Dataset } from '../dataset.js'
import { type FeatureScaler, fitScaler, scaleRows } from '../features/featureScaler.js'
import type { TradedRows } from './holding.js'
import { checkPpoParams, type PpoParams } from './ppoParams.js'

/** The rows of a dataset as they are traded. */
export interface PpoRows {
  /** Number of rows to train on, the first ones. */
  readonly cut: number
  /** Fitted on the rows to train on. */
  readonly scaler: FeatureScaler
  readonly trained: TradedRows
  /** The rows to be judged on, after the last one to train on: its price is known when the test begins. */
  readonly later: TradedRows
}

/**
 * Checks parameters and dataset, and divides the rows into those to train on and those to be judged on.
 *
 * @throws ConfigError with code `BAD_TRAINING`, `BAD_DATASET` or `NO_ROWS`.
 */
export function ppoRows(data: Dataset, params: PpoParams): PpoRows {
  checkPpoParams(params)
  checkDataset(data)
  const cut = cutRows(data, params.testShare)
  const train = rowList(0, cut)
  const scaler = fitScaler({ ...data, columns: data.names.length, train, kind: params.scaler })
  const trained = tradedRows(data, scaler, train)
  return { cut, scaler, trained, later: tradedRows(data, scaler, rowList(cut - 1, data.rows)) }
}

function checkDataset({ rows, names, features, prices, times, schema }: Dataset): void {
  const bad = (text: string): ConfigError => new ConfigError(text, { code: 'BAD_DATASET' })
  if (schema === '' || names.length === 0) throw bad('The dataset has no features.')
  const lengths = { features: features.length / names.length, prices: prices.length, times: times.length }
  for (const [name, length] of Object.entries(lengths)) {
    if (length !== rows) throw bad(`The dataset has "${length}" rows of "${name}", not ${rows}.`)
  }
  const feature = features.find((value) => !Number.isFinite(value))
  if (feature !== undefined) throw bad(`The dataset holds the feature "${feature}".`)
}

/** Number of rows to train on: enough for a guard, and at least one return to be judged on. */
function cutRows({ rows }: Dataset, testShare: number): number {
  const cut = Math.floor(rows * (1 - testShare))
  if (cut >= 20 && rows > cut) return cut
  throw new ConfigError(`Of ${rows} rows ${cut} are left to train on.`, {
    code: 'NO_ROWS',
    hints: ['Take a longer range: 20 rows to train on and one to be judged on are the least.'],
  })
}

/** The rows from one up to, not including, another. */
export function rowList(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, index) => from + index)
}

function tradedRows({ features, rows, prices, names }: Dataset, scaler: FeatureScaler, list: Int32Array): TradedRows {
  return {
    prices: prices.slice(list[0]!, list[0]! + list.length),
    features: scaleRows(scaler, features, rows, list),
    columns: names.length,
  }
}
