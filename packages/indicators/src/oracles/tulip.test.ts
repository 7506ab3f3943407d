import { describe, expect, it } from 'vitest'
import {
  adLine,
  adx,
  aroon,
  atr,
  bollingerBands,
  cci,
  chaikinMoneyFlow,
  chaikinOscillator,
  donchian,
  ema,
  hma,
  ichimoku,
  kama,
  mfi,
  momentum,
  natr,
  obv,
  parabolicSar,
  roc,
  rsi,
  sma,
  stdDev,
  stochastic,
  stochRsi,
  ultimateOscillator,
  vwap,
  williamsR,
  wma,
} from '../index.js'
import { dataFolder, expectClose, needsData, readReference } from './referenceFiles.rig.js'

interface Block {
  readonly name: string
  readonly params: readonly number[]
  readonly rows: readonly (readonly number[])[]
}

/** Every output, in the block's order, from its inputs and parameters. */
type Compute = (inputs: readonly Float64Array[], params: readonly number[]) => readonly Float64Array[]

/** First row to compare, as a function of the parameters, where Tulip starts otherwise than we do. */
interface Case {
  readonly inputs: number
  readonly compute: Compute
  readonly from?: (params: readonly number[]) => number
}

const bars = ([high, low, close]: readonly Float64Array[]) => ({ high: high!, low: low!, close: close! })

const volumeBars = ([high, low, close, volume]: readonly Float64Array[]) => ({
  high: high!,
  low: low!,
  close: close!,
  volume: volume!,
})

/** The extremes of one series are the bands of a Donchian channel over it. */
const channel = (series: Float64Array, period: number) => donchian({ high: series, low: series }, { period })

const cases: Readonly<Record<string, Case>> = {
  sma: { inputs: 1, compute: ([close], [period]) => [sma(close!, { period: period! })] },
  ema: { inputs: 1, compute: ([close], [period]) => [ema(close!, { period: period!, seed: 'first' })] },
  wma: { inputs: 1, compute: ([close], [period]) => [wma(close!, { period: period! })] },
  hma: { inputs: 1, compute: ([close], [period]) => [hma(close!, { period: period! })] },
  kama: {
    inputs: 1,
    // Tulip also shows the price that both start from.
    from: ([period]) => period!,
    compute: ([close], [period]) => [kama(close!, { period: period! })],
  },
  ikhts: {
    inputs: 2,
    compute: ([high, low], [period]) => [ichimoku({ high: high!, low: low!, close: low! }, { tenkan: period! }).tenkan],
  },
  psar: {
    inputs: 2,
    // Tulip starts by the middles of the first two bars; the first stop of its block is where both have turned.
    from: ([step]) => (step === 0.02 ? 30 : 8),
    compute: ([high, low], [step, max]) => [
      parabolicSar({ high: high!, low: low! }, { start: step!, step: step!, max: max! }),
    ],
  },
  vwma: {
    inputs: 2,
    compute: ([close, volume], [period]) => {
      const columns = { high: close!, low: close!, close: close!, volume: volume! }
      return [vwap(columns, { period: period!, source: 'close' })]
    },
  },
  natr: {
    inputs: 3,
    compute: (inputs, [period]) => [natr(bars(inputs), { period: period!, firstTrueRange: 'range' })],
  },
  rsi: { inputs: 1, compute: ([close], [period]) => [rsi(close!, { period: period! })] },
  roc: { inputs: 1, compute: ([close], [period]) => [roc(close!, { period: period! }).map((value) => value / 100)] },
  stddev: { inputs: 1, compute: ([close], [period]) => [stdDev(close!, { period: period! })] },
  bbands: {
    inputs: 1,
    compute: ([close], [period, k]) => {
      const { upper, middle, lower } = bollingerBands(close!, { period: period!, k: k! })
      return [lower, middle, upper]
    },
  },
  max: { inputs: 1, compute: ([series], [period]) => [channel(series!, period!).upper] },
  min: { inputs: 1, compute: ([series], [period]) => [channel(series!, period!).lower] },
  obv: { inputs: 2, compute: ([close, volume]) => [obv({ close: close!, volume: volume! })].map(fromZero) },
  atr: { inputs: 3, compute: (inputs, [period]) => [atr(bars(inputs), { period: period!, firstTrueRange: 'range' })] },
  tr: { inputs: 3, compute: (inputs) => [atr(bars(inputs), { period: 1, firstTrueRange: 'range' })] },
  stoch: {
    inputs: 3,
    compute: (inputs, [period, smooth, d]) => {
      const result = stochastic(bars(inputs), { period: period!, smooth: smooth!, d: d! })
      return [result.k, result.d]
    },
  },
  stochrsi: {
    inputs: 1,
    // From 0 to 1 there.
    compute: ([close], [period]) => {
      const { k } = stochRsi(close!, { rsi: period!, stoch: period!, smooth: 1, d: 1 })
      return [k.map((value) => value / 100)]
    },
  },
  willr: { inputs: 3, compute: (inputs, [period]) => [williamsR(bars(inputs), { period: period! })] },
  cci: { inputs: 3, compute: (inputs, [period]) => [cci(bars(inputs), { period: period! })] },
  mom: { inputs: 1, compute: ([close], [period]) => [momentum(close!, { period: period! })] },
  aroon: {
    inputs: 2,
    compute: ([high, low], [period]) => {
      const { up, down } = aroon({ high: high!, low: low! }, { period: period! })
      return [down, up]
    },
  },
  aroonosc: {
    inputs: 2,
    compute: ([high, low], [period]) => [aroon({ high: high!, low: low! }, { period: period! }).oscillator],
  },
  ultosc: {
    inputs: 3,
    compute: (inputs, [short, medium, long]) => [
      ultimateOscillator(bars(inputs), { short: short!, medium: medium!, long: long! }),
    ],
  },
  mfi: { inputs: 4, compute: (inputs, [period]) => [mfi(volumeBars(inputs), { period: period! })] },
  ad: { inputs: 4, compute: (inputs) => [adLine(volumeBars(inputs))] },
  adosc: {
    inputs: 4,
    compute: (inputs, [fast, slow]) => [
      chaikinOscillator(volumeBars(inputs), { fast: fast!, slow: slow!, seed: 'first' }),
    ],
  },
  cmf: { inputs: 4, compute: (inputs, [period]) => [chaikinMoneyFlow(volumeBars(inputs), { period: period! })] },
  di: {
    inputs: 3,
    // Tulip shows the directional indicators one bar earlier, before the first smoothing; from then on they agree.
    from: ([period]) => period!,
    compute: (inputs, [period]) => {
      const { plusDi, minusDi } = adx(bars(inputs), { period: period! })
      return [plusDi, minusDi]
    },
  },
}

/** Tulip starts at 0, we start at the first volume. */
function fromZero(series: Float64Array): Float64Array {
  return series.map((value) => value - series[0]!)
}

/** Blocks that are not compared, and why. */
const leftOut: Readonly<Record<string, string>> = {
  macd: 'seeds with the first price, and takes 0.15 and 0.075 as weights for 12 and 26',
  adx: 'its mean of DX starts one bar earlier than TA-Lib, and 50 rows are too few for that to fade',
  dema: 'seeds the inner average with one value, but late; 15 rows are too few for that to fade',
  tema: 'the same, twice',
  trix: 'seeds the inner averages with one value each, but late; 15 rows are too few for that to fade',
  dx: 'no output of ours: adx is its average',
}

function blocks(): readonly Block[] {
  const files = ['untest.json', 'atoz.json', 'extra.json']
  return files.flatMap((file) => JSON.parse(readReference('indicators_tulip', file)) as readonly Block[])
}

describe.skipIf(!dataFolder)(`Tulip's test vectors${needsData}`, () => {
  for (const [name, { inputs, compute, from }] of Object.entries(cases)) {
    it(`agrees on ${name}`, () => {
      const matching = blocks().filter((block) => block.name === name)
      expect(matching.length).toBeGreaterThan(0)
      for (const { params, rows } of matching) {
        const columns = rows.slice(0, inputs).map((row) => Float64Array.from(row))
        const length = columns[0]!.length
        for (const [at, actual] of compute(columns, params).entries()) {
          const written = rows[inputs + at]!
          const missing = new Array<null>(length - written.length).fill(null)
          expectClose(actual, [...missing, ...written], { absolute: 1e-3, from: from?.(params) ?? 0 })
        }
      }
    })
  }

  it('compares every block about our indicators, or says why not', () => {
    const ours =
      /^(sma|ema|macd|bbands|rsi|stoch|roc|adx|di|dx|obv|tr|atr|stddev|max|min|stochrsi|willr|cci|mom|aroon|aroonosc|trix|ultosc|mfi|ad|adosc|cmf|wma|dema|tema|hma|kama|ikhts|psar|vwma|natr)$/
    const names = new Set(
      blocks()
        .map(({ name }) => name)
        .filter((name) => ours.test(name)),
    )
    expect([...names].sort()).toEqual([...Object.keys(cases), ...Object.keys(leftOut)].sort())
  })
})
