import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registry } from './index.js'
import { indicatorContract } from './testing/index.js'

const runs = Number(process.env.FC_NUM_RUNS ?? 40)
const seed = fc.readConfigureGlobal()?.seed ?? Date.now() % 2 ** 31

/** Small sizes and every convention, beside the defaults. */
const variants: Readonly<Record<string, readonly object[]>> = {
  sma: [{ period: 1 }, { period: 5 }],
  ema: [{ period: 1 }, { period: 5 }, { period: 4, seed: 'first' }],
  wma: [{ period: 1 }, { period: 2 }, { period: 5 }],
  dema: [{ period: 1 }, { period: 4 }, { period: 4, seed: 'first' }],
  tema: [{ period: 1 }, { period: 3 }, { period: 3, seed: 'first' }],
  hma: [{ period: 2 }, { period: 5 }, { period: 7, rounding: 'round' }],
  kama: [
    { period: 1, fast: 1, slow: 1 },
    { period: 4, fast: 2, slow: 5 },
  ],
  macd: [
    { fast: 2, slow: 5, signal: 3 },
    { fast: 1, slow: 2, signal: 1 },
  ],
  bollingerBands: [{ period: 1 }, { period: 2, k: 1.5 }, { period: 7 }],
  ichimoku: [
    { tenkan: 2, kijun: 3, senkou: 5, shift: 3 },
    { tenkan: 5, kijun: 2, senkou: 1, shift: 0 },
  ],
  parabolicSar: [{ start: 0.1, step: 0.3, max: 2 }, { initial: 'long' }, { initial: 'short', step: 0 }],
  supertrend: [
    { period: 1, k: 0.5 },
    { period: 4, k: 1 },
    { period: 3, k: 1, firstTrueRange: 'range' },
  ],
  vwap: [{ period: 1 }, { period: 5 }, { period: 4, source: 'close' }, { period: 3, source: 'hl2' }],
  rsi: [{ period: 2 }, { period: 5 }],
  stochastic: [
    { period: 5, smooth: 3, d: 2 },
    { period: 1, smooth: 1, d: 1 },
    { period: 3, smooth: 1, d: 4 },
  ],
  stochRsi: [
    { rsi: 3, stoch: 4, smooth: 2, d: 2 },
    { rsi: 2, stoch: 1, smooth: 1, d: 1 },
    { rsi: 4, stoch: 3, smooth: 1, d: 3 },
  ],
  williamsR: [{ period: 1 }, { period: 4 }],
  cci: [{ period: 2 }, { period: 4 }, { period: 5 }],
  roc: [{ period: 1 }, { period: 4 }],
  momentum: [{ period: 1 }, { period: 4 }],
  adx: [{ period: 2 }, { period: 4 }],
  aroon: [{ period: 1 }, { period: 4 }, { period: 7 }],
  trix: [{ period: 1 }, { period: 3 }, { period: 3, seed: 'first' }],
  ultimateOscillator: [
    { short: 1, medium: 1, long: 1 },
    { short: 2, medium: 3, long: 5 },
    { short: 6, medium: 3, long: 2 },
  ],
  obv: [],
  volumeRoc: [{ period: 1 }, { period: 4 }],
  chaikinMoneyFlow: [{ period: 1 }, { period: 5 }],
  mfi: [{ period: 1 }, { period: 5 }],
  adLine: [],
  chaikinOscillator: [
    { fast: 1, slow: 2 },
    { fast: 2, slow: 5 },
    { fast: 2, slow: 4, seed: 'first' },
  ],
  forceIndex: [{ period: 1 }, { period: 4 }, { period: 4, seed: 'first' }],
  atr: [{ period: 1 }, { period: 4 }, { period: 4, average: 'sma' }, { period: 3, firstTrueRange: 'range' }],
  natr: [{ period: 1 }, { period: 4 }, { period: 3, firstTrueRange: 'range' }],
  bollingerWidth: [{ period: 1 }, { period: 2, k: 1.5 }, { period: 7 }],
  stdDev: [{ period: 1 }, { period: 2, ddof: 1 }, { period: 6 }],
  keltner: [
    { period: 1, atr: 1 },
    { period: 5, atr: 2, k: 1 },
    { period: 3, atr: 4, average: 'sma', source: 'hlc3', atrAverage: 'sma', k: 1.5 },
    { period: 2, atr: 3, source: 'hl2', firstTrueRange: 'range' },
  ],
  donchian: [{ period: 1 }, { period: 4 }, { period: 3, lag: 1 }, { period: 3, lag: 5 }],
  choppinessIndex: [{ period: 2 }, { period: 4 }, { period: 3, firstTrueRange: 'range' }],
  vpin: [
    { buckets: 1, barsPerBucket: 1, sigma: 2 },
    { buckets: 3, barsPerBucket: 2, sigma: 4 },
    { buckets: 4, barsPerBucket: 1, sigma: 3 },
  ],
  orderFlowImbalance: [
    { period: 1, sigma: 2 },
    { period: 4, sigma: 5 },
  ],
  marketImpact: [
    { period: 2, sigma: 2 },
    { period: 5, sigma: 3 },
    { period: 4, method: 'amihud' },
  ],
}

/** Indicators whose first value depends on the volumes. */
const nominal = ['vpin']

for (const definition of registry.all()) {
  const warmup = nominal.includes(definition.id) ? 'nominal' : 'exact'
  for (const options of [{}, ...variants[definition.id]!]) {
    describe(`${definition.id} ${JSON.stringify(options)}`, () => {
      for (const { name, run } of indicatorContract({ definition, options, warmup, runs, seed })) it(name, run)
    })
  }
  if ('nan' in definition.params) {
    describe(`${definition.id} that propagates NaN`, () => {
      const subject = { definition, options: { nan: 'propagate' }, holes: 'poison', runs, seed } as const
      for (const { name, run } of indicatorContract(subject)) it(name, run)
    })
  }
}

describe('registry', () => {
  it('lists the indicators in a fixed order', () => {
    expect(registry.all().map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "sma",
        "ema",
        "wma",
        "dema",
        "tema",
        "hma",
        "kama",
        "macd",
        "bollingerBands",
        "ichimoku",
        "parabolicSar",
        "supertrend",
        "vwap",
        "rsi",
        "stochastic",
        "stochRsi",
        "williamsR",
        "cci",
        "roc",
        "momentum",
        "adx",
        "aroon",
        "trix",
        "ultimateOscillator",
        "obv",
        "volumeRoc",
        "chaikinMoneyFlow",
        "mfi",
        "adLine",
        "chaikinOscillator",
        "forceIndex",
        "atr",
        "natr",
        "bollingerWidth",
        "stdDev",
        "keltner",
        "donchian",
        "choppinessIndex",
        "vpin",
        "orderFlowImbalance",
        "marketImpact",
      ]
    `)
  })
})
