import { type Money, review } from '@astertrade/core'
import { account, btc, order } from '../limits/account.rig.js'
import { riskPolicy } from '../policy.js'

const [width, height] = [720, 300]
const [left, right, top, bottom] = [52, 700, 40, 258]
const [fallMost, shareMost] = [0.12, 0.055]
const grey = '#8a8f98'
const curves = [
  { name: 'no loss today', lossToday: 0, colour: '#2563eb' },
  { name: '1 % lost today', lossToday: 0.01, colour: '#d97706' },
  { name: '2 % lost today', lossToday: 0.02, colour: '#dc2626' },
] as const

/** Share of equity that the default policy leaves of a large entry with a stop at 5 %, by the fall from the high-water mark. */
function shareOf(fall: number, lossToday: number): number {
  const peak = 10_000n * 10n ** 18n
  const equity = (peak * BigInt(Math.round((1 - fall) * 1e6))) / 1_000_000n
  const dayStart = (equity * 1_000_000n) / BigInt(Math.round((1 - lossToday) * 1e6))
  const view = account({
    equity: equity as Money,
    dayStart: dayStart as Money,
    highWaterMark: (dayStart > peak ? dayStart : peak) as Money,
  })
  const outcome = review(order({ quantity: 90, protectiveStop: 95 }), btc, riskPolicy(), view)
  return outcome.kind === 'approved' ? (outcome.order.quantity * 100) / view.equity : 0
}

/** A picture of how the size of one entry falls as losses grow, drawn from what the policy answers. */
export function sizeByDrawdown(): string {
  const x = (fall: number): string => (left + ((right - left) * fall) / fallMost).toFixed(1)
  const y = (share: number): string => (bottom - ((bottom - top) * share) / shareMost).toFixed(1)
  const falls = Array.from({ length: 481 }, (_, n) => (n * fallMost) / 480)
  const lines = curves.map(({ lossToday, colour }) => {
    const points = falls.filter((fall) => fall >= lossToday).map((fall) => `${x(fall)} ${y(shareOf(fall, lossToday))}`)
    return `<path fill="none" stroke="${colour}" stroke-width="1.6" d="M${points.join('L')}"/>`
  })
  const grid = [0, 0.01, 0.02, 0.03, 0.04, 0.05].flatMap((share) => [
    `<path stroke="${grey}" stroke-opacity="0.25" d="M${left} ${y(share)}H${right}"/>`,
    `<text x="${left - 8}" y="${Number(y(share)) + 4}" text-anchor="end">${Math.round(share * 100)} %</text>`,
  ])
  const ticks = [0, 0.02, 0.05, 0.08, 0.1, 0.12].map(
    (fall) => `<text x="${x(fall)}" y="${bottom + 16}" text-anchor="middle">${Math.round(fall * 100)} %</text>`,
  )
  const legend = curves.map(({ name, colour }) => `<tspan fill="${colour}">${name}   </tspan>`)
  const caption = 'across: fall from the high-water mark; up: largest entry as a share of equity'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    '<title>Largest entry by drawdown, default policy</title>',
    `<text x="${left}" y="18" xml:space="preserve">${legend.join('')}</text>`,
    `<g fill="${grey}">${[...grid, ...ticks].join('\n')}`,
    `<text x="${right}" y="${height - 6}" text-anchor="end">${caption}</text></g>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n')
}
