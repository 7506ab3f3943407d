import { ConfigError } from '@astertrade/core'
import { Command, Option } from 'commander'
import { plainNumber } from '../plainNumber.js'
import type { Hypothesis } from '../risk/hypothesis.js'
import { weighedText } from '../risk/weighedText.js'
import { type WeighedOrder, weighOrder } from '../risk/weighOrder.js'
import { readPolicy } from '../run/readPolicy.js'
import { action, type Finish } from './action.js'
import { aboveZero, amountOf, numberOf, outOfRange, policyHelp, wrong } from './conditionOptions.js'
import type { CliContext, CommandResult } from './context.js'
import { requireOptions } from './requireOptions.js'

interface RiskCommandOptions extends Hypothesis {
  readonly policy: string
  readonly minNotional?: number
}

const example = 'risk --instrument BTCUSDT.binance --side buy --price 50000 --stop 49000 --equity 10000 --drawdown 4%'

/** `aster risk`: what the limits would make of an order. */
export function riskCommand(context: CliContext, finish: Finish): Command {
  const price = (name: string) => numberOf(name, aboveZero)
  return new Command('risk')
    .description('explain an order that might be sent: which checks it meets, and the size it would get')
    .option('--instrument <id>', 'such as BTCUSDT.binance', instrumentId)
    .addOption(new Option('--side <side>', 'what the order does').choices(['buy', 'sell']))
    .option('--price <price>', 'last price', price('price'))
    .option('--equity <amount>', 'value of the account', amountOf('equity'))
    .option('--stop <price>', 'protective stop, or none (default: 5 % from the entry)', stopOf('stop'))
    .option('--limit <price>', 'limit of the order (default: a market order)', price('limit'))
    .option('--quantity <units>', 'base units (default: what the equity buys)', price('quantity'))
    .option('--reduce-only', 'the order is an exit')
    .option('--drawdown <share>', 'how far equity is below its high: 4%, 0.04', shareOf('drawdown'))
    .option('--day-loss <share>', 'what today has lost', shareOf('day-loss'))
    .option('--position <units>', 'base units held, below 0 when short', numberOf('position'))
    .option(
      '--position-stop <price>',
      'stop that protects them, or none (default: 5 % from the price)',
      stopOf('position-stop'),
    )
    .option('--tick <size>', 'price step (default: what fits the prices)', amountOf('tick'))
    .option('--lot <size>', 'quantity step (default: about a hundredth of a unit of money)', amountOf('lot'))
    .option('--min-notional <amount>', 'smallest value of an order at the venue', price('min-notional'))
    .option('--policy <name>', policyHelp, 'default')
    .action(action<RiskCommandOptions>(context, finish, (options) => riskWork(context, options)))
}

function riskWork({ io, place }: CliContext, { policy, ...hypothesis }: RiskCommandOptions): CommandResult {
  requireOptions(hypothesis, ['instrument', 'side', 'price', 'equity'], `${io.program} ${example}`)
  checkExit(hypothesis)
  const weighed = weighOrder(hypothesis, readPolicy(policy, place.folder))
  return { json: weighedJson(weighed), text: () => weighedText(hypothesis, weighed).join('\n') }
}

function weighedJson({ order, view, outcome, checks, quantity, value, loss, reasons }: WeighedOrder): object {
  const { instrument, side, type, limit, protectiveStop, reduceOnly } = order
  const { equity, highWaterMarkNear: highWaterMark, dayStartNear: dayStart } = view
  return {
    command: 'risk',
    order: { instrument, side, type, quantity: order.quantity, limit, protectiveStop, reduceOnly },
    account: { equity, highWaterMark, dayStart },
    outcome,
    quantity,
    value,
    loss,
    reasons,
    checks,
  }
}

/** An exit needs something to leave, and no more than that. */
function checkExit({ reduceOnly = false, side, position = 0, quantity = 0 }: Hypothesis): void {
  if (!reduceOnly) return
  const held = side === 'sell' ? position : -position
  if (held > 0 && quantity <= held && quantity > 0) return
  throw new ConfigError(`An exit that ${side}s ${quantity} does not fit a position of ${position}.`, {
    code: 'BAD_PARAMETER',
    hints: ['Such as --side sell --reduce-only --quantity 0.1 --position 0.1; --side buy leaves a short position.'],
  })
}

function instrumentId(text: string): string {
  return text.includes('.') ? text : `${text}.tape`
}

function stopOf(name: string): (text: string) => number | 'none' {
  return (text) => (text === 'none' ? text : numberOf(name, aboveZero)(text))
}

/** Reads a share below 1 from `4%` or `0.04`. */
function shareOf(name: string): (text: string) => number {
  return (text) => {
    const [, number = '', sign] = /^([^%]*?)\s*(%?)$/.exec(text) ?? []
    const value = plainNumber(number) / (sign === '%' ? 100 : 1)
    if (Number.isNaN(value)) throw wrong(name, text, 'A share such as 4% or 0.04.')
    if (value >= 0 && value < 1) return value
    throw outOfRange(name, text, 'From 0 to below 1: 4 % is 4% or 0.04.')
  }
}
