/** A question that libraries answer differently. An empty cell of a library means that it does as we do, or has no answer. */
export interface Convention {
  /** The indicators it concerns. */
  readonly ids: readonly string[]
  readonly question: string
  readonly ours: string
  readonly tradingView: string
  readonly taLib: string
  /** What makes ours equal to the others. */
  readonly option: string
}

const same = 'the same'

/** Where ours differ from TradingView's built-ins (their Pine reference) and from TA-Lib's C functions. */
export const conventions: readonly Convention[] = [
  {
    ids: ['ema'],
    question: 'EMA, start',
    ours: 'the mean of the first `period` inputs',
    tradingView: 'the first input',
    taLib: same,
    option: "`seed: 'first'`",
  },
  {
    ids: ['dema', 'tema', 'trix', 'macd', 'chaikinOscillator', 'forceIndex', 'keltner'],
    question: 'composites of EMAs, start',
    ours: 'each average has a start of its own, so a composite equals its parts',
    tradingView: 'each starts with its first input',
    taLib: 'MACD: the fast average starts as late as the slow one; ADOSC: both start with the first value of the line',
    option: 'none; compare after `stableAfter`',
  },
  {
    ids: ['atr', 'natr', 'supertrend', 'keltner', 'choppinessIndex'],
    question: 'first true range',
    ours: 'none: the first bar has no previous close',
    tradingView: '`high − low`',
    taLib: same,
    option: "`firstTrueRange: 'range'`",
  },
  {
    ids: ['adx'],
    question: 'ADX, start',
    ours: 'sums of `period − 1` bars, smoothed from then on',
    tradingView: 'the mean of the first `period` bars',
    taLib: same,
    option: 'none; compare after `stableAfter`',
  },
  {
    ids: ['rsi', 'stochRsi'],
    question: 'RSI of a flat series',
    ours: '50',
    tradingView: '100',
    taLib: '0',
    option: 'none',
  },
  {
    ids: ['stochastic', 'williamsR'],
    question: 'a window without range',
    ours: 'the middle: 50, or −50',
    tradingView: 'no value',
    taLib: '0',
    option: 'none',
  },
  {
    ids: ['stochastic'],
    question: 'stochastic, smoothing of %K',
    ours: '3 bars (the slow form)',
    tradingView: '1 bar (the fast form)',
    taLib: 'STOCH: 3 bars, over 5; STOCHF: the fast form',
    option: '`smooth: 1`',
  },
  {
    ids: ['stochRsi'],
    question: 'stochastic RSI, smoothing of %K',
    ours: '3 values',
    tradingView: same,
    taLib: 'none (the fast form), over 5 values',
    option: '`smooth: 1`',
  },
  {
    ids: ['trix'],
    question: 'TRIX, scale',
    ours: 'percent change of the triple average, 15',
    tradingView: '10,000 times the change of the average of logarithms, 18',
    taLib: 'as here, 30',
    option: '`period`',
  },
  {
    ids: ['obv'],
    question: 'OBV, start',
    ours: 'the first volume',
    tradingView: '0',
    taLib: same,
    option: 'none; the distance is constant',
  },
  {
    ids: ['mfi'],
    question: 'MFI at a turnover below 1',
    ours: 'the ratio, whatever its size',
    tradingView: same,
    taLib: '0',
    option: 'none',
  },
  {
    ids: ['bollingerBands', 'bollingerWidth', 'stdDev'],
    question: 'deviations below 1e-7',
    ours: '11 digits, as at any price',
    tradingView: same,
    taLib: '0: a variance below 1e-14 is cut off',
    option: 'none',
  },
  {
    ids: ['ichimoku'],
    question: 'Ichimoku, displacement',
    ours: 'spans as computed 26 bars ago, at the bar where they are seen',
    tradingView: 'drawn 25 bars ahead',
    taLib: 'not there',
    option: '`shift: 25`',
  },
  {
    ids: ['supertrend'],
    question: 'Supertrend, direction',
    ours: '+1 up, −1 down',
    tradingView: '−1 up, +1 down',
    taLib: 'not there',
    option: 'none; change the sign',
  },
  {
    ids: ['parabolicSar'],
    question: 'parabolic SAR, first side',
    ours: 'long, unless the first fall is larger than the first rise',
    tradingView: 'by the first two closes',
    taLib: same,
    option: '`initial`',
  },
  {
    ids: ['vwap'],
    question: 'VWAP, window',
    ours: 'the last 20 bars',
    tradingView: 'since the start of the session',
    taLib: 'not there',
    option: '`anchor`',
  },
  {
    ids: ['kama'],
    question: 'KAMA, period',
    ours: '10, as Kaufman has it',
    tradingView: 'no built-in',
    taLib: '30',
    option: '`period`',
  },
]
