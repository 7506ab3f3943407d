import { defineInstrument, type Instrument, type Money, money, type Price } from '@astertrade/core'
import { capitalTiers, tierOf } from '../capitalTiers.js'
import { seedFigures, seedTiers } from '../seedFigures.js'
import { positionSize } from '../sizing/positionSize.js'

const instrument: Instrument = defineInstrument({ id: 'BTC-USDT.binance', tick: '0.01', lot: '0.00001' })
const entry = instrument.price(65_000, 'nearest')
const zero = money('0')

/** What `positionSize` gives an account with nothing in it, without costs. */
function sizeOf(equity: Money, stop: Price | 'none'): string {
  const tiers = capitalTiers()
  const account = { equity, highWaterMark: equity, position: zero, positionRisk: zero, openRisk: zero }
  const tier = tiers.list[tierOf(tiers, equity) - 1]
  const size = positionSize({ instrument, side: 'buy', entry, stop, account, tier, costs: 0 })
  return size.kind === 'size' ? `${dollars(size.quantity * entry)} (${size.binding})` : `\`${size.reason.code}\``
}

const dollars = (value: number): string => `$${value.toLocaleString('en', { maximumFractionDigits: 2 })}`
const at = (share: number): Price => instrument.price(entry * (1 - share), 'nearest')

/** The figures of each tier at its least equity, as a table; the sizes are computed by the code that gives them. */
export function tierTable(): string {
  const { clipSize, portfolioRisk, dailyLoss, maxDrawdown } = seedFigures
  const rows = seedTiers.map(({ from, risk, position }) => {
    const figures = [clipSize, position, risk, portfolioRisk, dailyLoss, maxDrawdown]
    const meet = `${((100 * risk) / position).toFixed(2)} %`
    const sizes = [at(0.05), at(0.2), 'none' as const].map((stop) => sizeOf(money(from), stop))
    return [dollars(Number(from)), ...figures.map((share) => dollars(share * Number(from))), meet, ...sizes]
  })
  const head = [
    'equity',
    'clip',
    'position',
    'position risk',
    'portfolio risk',
    'day',
    'drawdown',
    'stop where position and risk meet',
    'entry with a stop at 5 %',
    'at 20 %',
    'without a stop',
  ]
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
