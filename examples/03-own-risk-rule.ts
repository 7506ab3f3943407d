// A limit of your own beside the default policy: no new risk on weekends. Rules may shrink or refuse, never enlarge.
import { approve, type RiskRule } from '@astertrade/core'
import { backtest, makerTaker, syntheticTape } from '@astertrade/core/backtest'
import { smaCross } from '@astertrade/models'
import { policyStop, riskPolicy } from '@astertrade/risk'

const weekdaysOnly: RiskRule = {
  name: 'weekdaysOnly',
  check(order, view) {
    const day = new Date(view.now).getUTCDay()
    if (order.reduceOnly || (day !== 0 && day !== 6)) return approve
    const got = day === 0 ? 'Sunday' : 'Saturday'
    return { kind: 'refuse', reason: { code: 'WEEKEND', rule: 'weekdaysOnly', limit: 'weekdays', got, unit: 'count' } }
  },
}

// Nobody acknowledges a lost day in a backtest; the rule's name says so.
const policy = riskPolicy({ acknowledge: 'nextDay' })
const options = {
  strategy: smaCross,
  data: syntheticTape({ seed: 7, bars: 43_200 }),
  cash: '10000',
  fees: makerTaker({ maker: 0.0002, taker: 0.0005 }),
  defaultStop: policyStop,
}
for (const rules of [[], policy, [weekdaysOnly, ...policy]]) {
  const { statistics, refusals } = backtest({ ...options, rules })
  const names = rules.map(({ name }) => name).join(', ') || 'no limits'
  const spoken = refusals.map(({ code, refused, shrunk }) => `${code} refused ${refused}, shrank ${shrunk}`)
  console.log(
    `${names}\n  drawdown ${(statistics.maxDrawdown * 100).toFixed(1)} %, ${spoken.join('; ') || 'nothing refused'}`,
  )
}
