import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type RunSettings, runDefaults } from '../run/runSettings.js'

/** One market of the demo, and the conditions it is traded under. */
export interface DemoMarket {
  /** Name of its folder. */
  readonly name: 'sp500' | 'synthetic'
  readonly title: string
  readonly settings: RunSettings
}

const strategy = { name: 'ensemble' }

/**
 * Twenty years of days of the S&P 500 from the `vega-datasets` package; undefined where that is not installed, as it is no
 * dependency of the runner.
 *
 * @param from - File from which the package is looked up (default: this one).
 */
export function indexMarket(from: string = import.meta.url): DemoMarket | undefined {
  const file = indexFile(from)
  if (file === undefined) return undefined
  return {
    name: 'sp500',
    title: 'S&P 500, days',
    settings: {
      ...runDefaults,
      strategy,
      market: { kind: 'files', paths: [file], instrument: 'SP500.index', interval: '1d' },
      cash: '100000',
      fees: { maker: 0.0002, taker: 0.0002 },
      slippage: { kind: 'bps', size: 1 },
      tick: '0.01',
    },
  }
}

/** Ninety days of minutes of a made-up bitcoin, traded on decisions of each hour. */
export function syntheticMarket(seed: number): DemoMarket {
  return {
    name: 'synthetic',
    title: 'Synthetic BTC, minutes',
    settings: {
      ...runDefaults,
      strategy,
      every: '1h',
      market: { kind: 'synthetic', tape: { seed } },
      cash: '100000',
      seed,
    },
  }
}

function indexFile(from: string): string | undefined {
  try {
    const file = join(dirname(createRequire(from).resolve('vega-datasets')), '..', 'data', 'sp500-2000.csv')
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}
