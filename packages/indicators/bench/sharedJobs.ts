import { registry } from '@astertrade/indicators'
import { type BatchJob, both, last, usual } from './batchJob.js'
import { indicatorTs, technicalIndicators } from './peers.js'

/** The other indicators that technicalindicators has with the same convention. */
export const sharedJobs: readonly BatchJob[] = [
  {
    ...usual,
    name: 'WMA 20',
    definition: registry.wma,
    peers: both(({ WMA }, { lists }) => last(WMA.calculate({ period: 20, values: lists.close }))),
  },
  {
    ...usual,
    name: 'Ichimoku 9, 26, 52',
    definition: registry.ichimoku,
    // That of indicatorts takes time with the square of the series.
    peers: both(({ IchimokuCloud }, { lists }) => {
      const periods = { conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26 }
      return last(IchimokuCloud.calculate({ ...lists, ...periods })).conversion
    }),
  },
  {
    ...usual,
    name: 'Parabolic SAR .02, .2',
    definition: registry.parabolicSar,
    peers: both(({ PSAR }, { lists }) => last(PSAR.calculate({ ...lists, step: 0.02, max: 0.2 }))),
    gates: { technicalindicators: 0.25, 'fast-technical-indicators': 0.5 },
  },
  {
    ...usual,
    name: 'Stochastic 14, fast, 3',
    definition: registry.stochastic,
    options: { smooth: 1 },
    peers: {
      ...both(({ Stochastic }, { lists }) => last(Stochastic.calculate({ ...lists, period: 14, signalPeriod: 3 })).k),
      indicatorts: ({ lists }) => last(indicatorTs.stoch(lists.high, lists.low, lists.close).k),
    },
  },
  {
    ...usual,
    name: 'Stochastic RSI 14, 14, 3, 3',
    definition: registry.stochRsi,
    peers: both(({ StochasticRSI }, { lists }) => {
      const periods = { rsiPeriod: 14, stochasticPeriod: 14, kPeriod: 3, dPeriod: 3 }
      return last(StochasticRSI.calculate({ values: lists.close, ...periods })).k
    }),
    distance: 1e-2,
  },
  {
    ...usual,
    name: 'Williams %R 14',
    definition: registry.williamsR,
    peers: both(({ WilliamsR }, { lists }) => last(WilliamsR.calculate({ ...lists, period: 14 }))),
  },
  {
    ...usual,
    name: 'ROC 10',
    definition: registry.roc,
    peers: {
      ...both(({ ROC }, { lists }) => last(ROC.calculate({ period: 10, values: lists.close }))),
      indicatorts: ({ lists }) => last(indicatorTs.roc(lists.close, { period: 10 })),
    },
    gates: { indicatorts: 0.7 },
  },
  {
    ...usual,
    name: 'TRIX 15',
    definition: registry.trix,
    peers: both(({ TRIX }, { lists }) => last(TRIX.calculate({ period: 15, values: lists.close }))),
  },
  {
    ...usual,
    name: 'MFI 14',
    definition: registry.mfi,
    peers: both(({ MFI }, { lists }) => last(MFI.calculate({ ...lists, period: 14 }))),
    distance: 1e-2,
  },
  {
    ...usual,
    name: 'AD line',
    definition: registry.adLine,
    peers: both(({ ADL }, { lists }) => last(ADL.calculate(lists))),
    // Both round to whole numbers.
    distance: 1e-2,
  },
  {
    ...usual,
    name: 'Force index 13',
    definition: registry.forceIndex,
    peers: both(({ ForceIndex }, { lists }) => last(ForceIndex.calculate({ ...lists, period: 13 }))),
  },
  {
    ...usual,
    name: 'Standard deviation 20',
    definition: registry.stdDev,
    peers: {
      technicalindicators: ({ lists }) => last(technicalIndicators.SD.calculate({ period: 20, values: lists.close })),
    },
  },
]
