import { numberText, percentText } from '../numberText.js'
import { table } from '../table.js'
import { type Hypothesis, heldStop } from './hypothesis.js'
import type { Check, WeighedOrder } from './weighOrder.js'

/** A weighed order for people: what was asked, each check with its verdict, and the size that is left. */
export function weighedText(hypothesis: Hypothesis, weighed: WeighedOrder): readonly string[] {
  const { checks } = weighed
  const rows = checks.map(({ rule, verdict, use }) => [
    `  ${rule}`,
    use === undefined ? '' : percentText(use),
    verdictText({ rule, verdict }),
  ])
  const [head = '', ...lines] = table([['Check', 'in use', 'verdict'], ...rows])
  return [
    orderText(weighed),
    accountText(hypothesis, weighed),
    '',
    head,
    // What a check has to say stands behind its row.
    ...lines.flatMap((line, index) => {
      const { sentence } = checks[index]!
      return sentence === undefined ? [line] : [line, `      ${short(sentence.replace(/ \[\w+ by .*\]$/, ''))}`]
    }),
    '',
    ...sizeText(weighed),
  ]
}

function verdictText({ verdict }: Pick<Check, 'rule' | 'verdict'>): string {
  switch (verdict.kind) {
    case 'approve':
      return 'pass'
    case 'shrink':
      return `${verdict.reason.code}: at most ${verdict.quantity}`
    case 'refuse':
      return `${verdict.reason.code}: refuse`
  }
}

function orderText({ order, instrument, view }: WeighedOrder): string {
  const { side, quantity, limit, reduceOnly, protectiveStop: stop } = order
  const last = view.markPrice(instrument.id)
  const how = limit === undefined ? 'at market' : `at a limit of ${limit}`
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${quantity} ${instrument.id} ${how}`
  const protection = reduceOnly ? 'an exit' : stop === 'none' ? 'without a stop' : `stop ${stop}`
  return `${what}, last price ${last}, ${protection}: worth ${numberText(quantity * (limit ?? last))}.`
}

function accountText(hypothesis: Hypothesis, { view, instrument }: WeighedOrder): string {
  const { equity, highWaterMarkNear: peak, dayStartNear: start } = view
  const { position = 0 } = hypothesis
  const standing = heldStop(hypothesis)
  const stop = standing === 'none' ? 'without a stop' : `stop ${instrument.price(standing, 'nearest')}`
  return [
    `Account    equity ${numberText(equity)}`,
    `${percentText(1 - equity / peak)} below its high`,
    `${percentText(1 - equity / start)} lost today`,
    position === 0 ? 'no position' : `a position of ${position}, ${stop}`,
  ].join(', ')
}

function sizeText({ outcome, quantity, value, loss, reasons, order, view }: WeighedOrder): readonly string[] {
  const why = reasons.map((reason, index) => `${index === 0 ? 'Because    ' : '           '}${short(reason)}`)
  if (outcome === 'refused') return ['Size       0: the order is refused', ...why]
  const share = percentText(value / view.equity)
  const risk = order.reduceOnly ? '' : `; ${numberText(loss)} or ${percentText(loss / view.equity)} is lost at its stop`
  const wished = outcome === 'approved' ? ', all that was asked for' : ` of ${order.quantity}`
  return [`Size       ${quantity}${wished}: worth ${numberText(value)}, ${share} of equity${risk}`, ...why]
}

/** Figures in a sentence to eight digits: what lies behind is exact money. */
function short(sentence: string): string {
  return sentence.replaceAll(/\d+\.\d{3,}/g, (figure) => String(Number(Number(figure).toPrecision(8))))
}
