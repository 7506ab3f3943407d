import { registry } from '@astertrade/indicators'
import { type BatchJob, both, last, usual } from './batchJob.js'
import { indicatorTs, tradingSignals } from './peers.js'

const averages = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false }

/** The ten indicators that are held against TA-Lib's C functions, beside the JavaScript peers that compute the same. */
export const taLibJobs: readonly BatchJob[] = [
  {
    ...usual,
    name: 'SMA 20',
    definition: registry.sma,
    peers: {
      ...both(({ SMA }, { lists }) => last(SMA.calculate({ period: 20, values: lists.close }))),
      'trading-signals': ({ lists }) => last(new tradingSignals.SMA(20).updates(lists.close)) ?? Number.NaN,
      indicatorts: ({ lists }) => last(indicatorTs.sma(lists.close, { period: 20 })),
    },
    taLib: { function: 'SMA', goal: 1.3 },
    goal: 1 / 1.5,
    gates: { indicatorts: 1.1, 'TA-Lib C': 2 },
  },
  {
    ...usual,
    name: 'EMA 20',
    definition: registry.ema,
    peers: {
      ...both(({ EMA }, { lists }) => last(EMA.calculate({ period: 20, values: lists.close }))),
      'trading-signals': ({ lists }) => last(new tradingSignals.EMA(20).updates(lists.close)) ?? Number.NaN,
      indicatorts: ({ lists }) => last(indicatorTs.ema(lists.close, { period: 20 })),
    },
    taLib: { function: 'EMA', goal: 1.3 },
    gates: { indicatorts: 0.8, 'TA-Lib C': 1.2 },
  },
  {
    ...usual,
    name: 'RSI 14',
    definition: registry.rsi,
    peers: {
      ...both(({ RSI }, { lists }) => last(RSI.calculate({ period: 14, values: lists.close }))),
      'trading-signals': ({ lists }) => last(new tradingSignals.RSI(14).updates(lists.close)) ?? Number.NaN,
      indicatorts: ({ lists }) => last(indicatorTs.rsi(lists.close, { period: 14 })),
    },
    taLib: { function: 'RSI', goal: 1.3 },
    gates: { 'TA-Lib C': 0.6 },
    // Two libraries round to two digits.
    distance: 1e-3,
  },
  {
    ...usual,
    name: 'MACD 12, 26, 9',
    definition: registry.macd,
    peers: {
      ...both(({ MACD }, { lists }) => last(MACD.calculate({ values: lists.close, ...averages })).MACD!),
      'trading-signals': ({ lists }) => {
        const { EMA, MACD } = tradingSignals
        return last(new MACD(new EMA(12), new EMA(26), new EMA(9)).updates(lists.close))!.macd
      },
      indicatorts: ({ lists }) => last(indicatorTs.macd(lists.close).macdLine),
    },
    taLib: { function: 'MACD', goal: 1.3 },
    gates: { indicatorts: 0.4, 'TA-Lib C': 0.35 },
  },
  {
    ...usual,
    name: 'Bollinger bands 20, 2',
    definition: registry.bollingerBands,
    peers: {
      ...both(({ BollingerBands }, { lists }) => {
        return last(BollingerBands.calculate({ period: 20, stdDev: 2, values: lists.close })).middle
      }),
      'trading-signals': ({ lists }) => last(new tradingSignals.BollingerBands(20, 2).updates(lists.close))!.middle,
      indicatorts: ({ lists }) => last(indicatorTs.bb(lists.close, { period: 20 }).middle),
    },
    taLib: { function: 'BBANDS', goal: 1.3 },
    gates: { indicatorts: 0.4, 'TA-Lib C': 2 },
  },
  {
    ...usual,
    name: 'ATR 14',
    definition: registry.atr,
    peers: {
      ...both(({ ATR }, { lists }) => last(ATR.calculate({ period: 14, ...lists }))),
      'trading-signals': ({ bars }) => last(new tradingSignals.ATR(14).updates([...bars])) ?? Number.NaN,
    },
    taLib: { function: 'ATR', goal: 1.3 },
    gates: { 'TA-Lib C': 1.3 },
  },
  {
    ...usual,
    name: 'Stochastic 14, 3, 3',
    definition: registry.stochastic,
    peers: {
      'trading-signals': ({ bars }) => {
        const { StochasticOscillator } = tradingSignals
        const stream = new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 })
        return last(stream.updates([...bars]))!.stochK
      },
    },
    taLib: { function: 'STOCH', goal: 2.3 },
    gates: { 'TA-Lib C': 3.4 },
  },
  {
    ...usual,
    name: 'CCI 20',
    definition: registry.cci,
    peers: {
      ...both(({ CCI }, { lists }) => last(CCI.calculate({ period: 20, ...lists }))),
      'trading-signals': ({ bars }) => last(new tradingSignals.CCI(20).updates([...bars])) ?? Number.NaN,
    },
    taLib: { function: 'CCI', goal: 1.3 },
    gates: { 'trading-signals': 0.45, 'TA-Lib C': 1.6 },
  },
  {
    ...usual,
    name: 'OBV',
    definition: registry.obv,
    peers: {
      // They start at 0, we and TA-Lib at the first volume.
      ...both(({ OBV }, { lists }) => last(OBV.calculate(lists)) + lists.volume[0]!),
      'trading-signals': ({ bars }) => last(new tradingSignals.OBV(2).updates([...bars]))! + bars[0]!.volume,
      indicatorts: ({ lists }) => last(indicatorTs.obv(lists.close, lists.volume)) + lists.volume[0]!,
    },
    taLib: { function: 'OBV', goal: 1.3 },
    gates: { indicatorts: 0.5, 'TA-Lib C': 1 },
  },
  {
    ...usual,
    name: 'ADX 14',
    definition: registry.adx,
    peers: {
      ...both(({ ADX }, { lists }) => last(ADX.calculate({ period: 14, ...lists })).adx),
      'trading-signals': ({ bars }) => last(new tradingSignals.ADX(14).updates([...bars])) ?? Number.NaN,
    },
    taLib: { function: 'ADX', goal: 1.3 },
    gates: { 'TA-Lib C': 1.8 },
  },
]
