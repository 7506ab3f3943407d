import {
  Adx,
  Atr,
  BollingerBands,
  Cci,
  Ema,
  Ichimoku,
  Macd,
  Obv,
  Roc,
  Rsi,
  Sma,
  StdDev,
  Stochastic,
} from '@astertrade/indicators'
import type { Feed } from './ownLoop.js'
import { fastTechnicalIndicators, tradingSignals as signals, technicalIndicators } from './peers.js'
import { cursorOver, type Series } from './series.js'

type Stream = (series: Series) => Feed

/** One indicator, and the streams of peers that compute the same; indicatorts has none. */
export interface StreamJob {
  readonly name: string
  readonly ours: Stream
  readonly peers: Readonly<Record<string, Stream>>
  /** Share of the time of trading-signals and fast-technical-indicators that ours should take (default a half). */
  readonly goal?: number
  /** Gates by the name of the peer: half as much again as was measured, where twice the goal is too tight or too loose. */
  readonly gates?: Readonly<Record<string, number>>
}

const averages = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false }
const spans = { conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26 }
const none = { high: [], low: [], close: [], volume: [] }

/** The two libraries of one interface. */
function both(create: (library: typeof technicalIndicators, series: Series) => Feed): StreamJob['peers'] {
  return {
    technicalindicators: (series) => create(technicalIndicators, series),
    'fast-technical-indicators': (series) => create(fastTechnicalIndicators, series),
  }
}

/** The indicators of the design's table. Peers that keep the bar they are given get one object per bar. */
export const streamJobs: readonly StreamJob[] = [
  {
    name: 'SMA 20',
    ours: ({ columns: { close } }) => {
      const stream = new Sma()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.SMA({ period: 20, values: [] })
        return (index) => stream.nextValue(close[index]!)
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.SMA(20)
        return (index) => stream.update(close[index]!, false)
      },
    },
  },
  {
    name: 'EMA 20',
    ours: ({ columns: { close } }) => {
      const stream = new Ema()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.EMA({ period: 20, values: [] })
        return (index) => stream.nextValue(close[index]!)
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.EMA(20)
        return (index) => stream.update(close[index]!, false)
      },
    },
    goal: 1 / 0.9,
  },
  {
    name: 'MACD 12, 26, 9',
    ours: ({ columns: { close } }) => {
      const stream = new Macd()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.MACD({ values: [], ...averages })
        return (index) => stream.nextValue(close[index]!)?.MACD
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9))
        return (index) => stream.update(close[index]!, false)?.macd
      },
    },
  },
  {
    name: 'Bollinger bands 20, 2',
    ours: ({ columns: { close } }) => {
      const stream = new BollingerBands()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.BollingerBands({ period: 20, stdDev: 2, values: [] })
        return (index) => stream.nextValue(close[index]!)?.middle
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.BollingerBands(20, 2)
        return (index) => stream.update(close[index]!, false)?.middle
      },
    },
  },
  {
    name: 'RSI 14',
    ours: ({ columns: { close } }) => {
      const stream = new Rsi()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.RSI({ period: 14, values: [] })
        return (index) => stream.nextValue(close[index]!)
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.RSI(14)
        return (index) => stream.update(close[index]!, false)
      },
    },
  },
  {
    name: 'ROC 10',
    ours: ({ columns: { close } }) => {
      const stream = new Roc()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.ROC({ period: 10, values: [] })
        return (index) => stream.nextValue(close[index]!)
      }),
      'trading-signals': ({ columns: { close } }) => {
        const stream = new signals.ROC(10)
        return (index) => stream.update(close[index]!, false)
      },
    },
  },
  {
    name: 'Standard deviation 20',
    ours: ({ columns: { close } }) => {
      const stream = new StdDev()
      return (index) => stream.next(close[index]!)
    },
    peers: {
      ...both((library, { columns: { close } }) => {
        const stream = new library.SD({ period: 20, values: [] })
        return (index) => stream.nextValue(close[index]!)
      }),
    },
  },
  {
    name: 'Stochastic 14, 3, 3',
    ours: ({ columns }) => {
      const stream = new Stochastic()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      // Its fast form, which leaves out one average.
      ...both((library, { columns }) => {
        const stream = new library.Stochastic({ ...none, period: 14, signalPeriod: 3 })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)?.k
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 })
        return (index) => stream.update(bars[index]!, false)?.stochK
      },
    },
  },
  {
    name: 'CCI 20',
    ours: ({ columns }) => {
      const stream = new Cci()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      ...both((library, { columns }) => {
        const stream = new library.CCI({ ...none, period: 20 })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.CCI(20)
        return (index) => stream.update(bars[index]!, false)
      },
    },
  },
  {
    name: 'ADX 14',
    ours: ({ columns }) => {
      const stream = new Adx()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      ...both((library, { columns }) => {
        const stream = new library.ADX({ ...none, period: 14 })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)?.adx
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.ADX(14)
        return (index) => stream.update(bars[index]!, false)
      },
    },
  },
  {
    name: 'OBV',
    ours: ({ columns }) => {
      const stream = new Obv()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      ...both((library, { columns }) => {
        const stream = new library.OBV({ close: [], volume: [] })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.OBV(2)
        return (index) => stream.update(bars[index]!, false)
      },
    },
    gates: { technicalindicators: 0.6 },
  },
  {
    name: 'ATR 14',
    ours: ({ columns }) => {
      const stream = new Atr()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      ...both((library, { columns }) => {
        const stream = new library.ATR({ ...none, period: 14 })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.ATR(14)
        return (index) => stream.update(bars[index]!, false)
      },
    },
    goal: 1 / 1.5,
  },
  {
    name: 'Ichimoku 9, 26, 52',
    ours: ({ columns }) => {
      const stream = new Ichimoku()
      const move = cursorOver(columns)
      return (index) => stream.next(move(index))
    },
    peers: {
      ...both((library, { columns }) => {
        const stream = new library.IchimokuCloud({ ...none, ...spans })
        const move = cursorOver(columns)
        return (index) => stream.nextValue(move(index) as never)?.conversion
      }),
      'trading-signals': ({ bars }) => {
        const stream = new signals.IchimokuCloud()
        return (index) => stream.update(bars[index]!, false)?.conversion
      },
    },
  },
]
