import { ConfigError, duration, timestamp } from '@astertrade/core'
import { type Command, Option } from 'commander'
import { plainNumber } from '../plainNumber.js'
import { readPolicy } from '../run/readPolicy.js'
import { type RunConditions, runDefaults, type SlippageSetting } from '../run/runSettings.js'

/** What the options of `addConditionOptions` come out as. */
export interface ConditionOptions {
  readonly every?: string
  readonly cash: string
  readonly fees: RunConditions['fees']
  readonly slippage: SlippageSetting
  readonly latency: number
  readonly fill: RunConditions['barFill']
  readonly path: RunConditions['path']
  readonly leverage: number
  readonly policy: string
  readonly allocation: number
  readonly seed: number
  readonly tick?: string
  readonly lot?: string
  readonly strict: boolean
}

/** What `--policy` takes. */
export const policyHelp =
  'limits: default (5 % a clip, 3 % a day, 10 % in all), none, or a .json file with options of riskPolicy'

/** Adds the options that say under which conditions a run takes place. */
export function addConditionOptions(command: Command): Command {
  const { cash, leverage, allocation, seed, barFill, path } = runDefaults
  const fills: readonly RunConditions['barFill'][] = ['nextOpen', 'nextClose', 'close', 'nextVwap']
  const paths: readonly RunConditions['path'][] = ['adaptive', 'OHLC', 'OLHC', 'worst', 'best']
  return command
    .addOption(
      new Option(
        '--every <span>',
        'let the strategy decide on longer bars: 1h (orders fill on those of the data)',
      ).argParser(parseEvery),
    )
    .addOption(new Option('--cash <amount>', 'opening deposit').argParser(amountOf('cash')).default(cash))
    .addOption(
      new Option('--fees <rate>', 'share of each fill, one rate or maker/taker: 0.001, 0.0002/0.0005')
        .argParser(parseFees)
        .default(runDefaults.fees, '0.001'),
    )
    .addOption(
      new Option('--slippage <distance>', 'how much worse market orders fill: 2bps, 1ticks, none')
        .argParser(parseSlippage)
        .default(runDefaults.slippage, '2bps'),
    )
    .addOption(
      new Option('--latency <span>', 'from decision to venue: 250ms, 2m').argParser(parseLatency).default(0, 'none'),
    )
    .addOption(new Option('--fill <when>', 'where a market order fills').choices(fills).default(barFill))
    .addOption(new Option('--path <order>', 'order of the extremes inside a bar').choices(paths).default(path))
    .option('--leverage <ratio>', 'largest gross exposure over equity', numberOf('leverage', aboveZero), leverage)
    .option('--policy <name>', policyHelp, 'default')
    .option('--allocation <share>', 'share of equity the strategy may use', numberOf('allocation', share), allocation)
    .option('--seed <number>', 'seed of everything random', numberOf('seed', wholeNumber), seed)
    .option('--tick <size>', 'price step of every instrument (default: what fits the data)', amountOf('tick'))
    .option('--lot <size>', 'quantity step of every instrument (default: what fits the data)', amountOf('lot'))
    .option('--no-strict', 'do not look for strategies that keep a bar; faster')
}

/**
 * The conditions that such options say.
 *
 * @param folder - Folder that a relative path starts from.
 */
export function conditionsOf(options: ConditionOptions, folder: string): Omit<RunConditions, 'params'> {
  const { every, cash, fees, slippage, latency, fill, path, leverage, policy, allocation, seed, tick, lot, strict } =
    options
  return {
    every,
    cash,
    fees,
    slippage,
    latencyMs: latency,
    barFill: fill,
    path,
    leverage,
    policy: readPolicy(policy, folder),
    allocation,
    seed,
    tick,
    lot,
    bars: strict ? 'lent' : 'shared',
  }
}

function parseFees(text: string): RunConditions['fees'] {
  const hint = 'One rate, or maker/taker, as ratios above -1 and below 1: 0.001 is 0.1 %, or 0.0002/0.0005.'
  const rates = text.split('/').map(plainNumber)
  const [maker = Number.NaN, taker = maker] = rates
  if (rates.length > 2 || Number.isNaN(maker) || Number.isNaN(taker)) throw wrong('fees', text, hint)
  if (Math.abs(maker) < 1 && Math.abs(taker) < 1) return { maker, taker }
  throw outOfRange('fees', text, hint)
}

/** A share of the whole price would sell for nothing. */
const bpsLimit = 10_000

function parseSlippage(text: string): SlippageSetting {
  if (text === 'none' || text === '0') return { kind: 'none', size: 0 }
  const [, size, unit] = /^(\d+(?:\.\d+)?)\s*(bps|ticks?)$/.exec(text) ?? []
  if (size === undefined) throw wrong('slippage', text, 'Such as 2bps, 1ticks or none.')
  if (unit !== 'bps') return { kind: 'ticks', size: Number(size) }
  if (Number(size) < bpsLimit) return { kind: 'bps', size: Number(size) }
  throw outOfRange('slippage', text, `From 0bps to below ${bpsLimit}bps, which is the whole price; 2bps is 0.02 %.`)
}

function parseEvery(text: string): string {
  spanOf('every', text)
  return text
}

function parseLatency(text: string): number {
  return text === '0' || text === 'none' ? 0 : spanOf('latency', text)
}

function spanOf(name: string, text: string): number {
  try {
    return duration(text)
  } catch {
    throw wrong(name, text, 'A span of time such as 250ms, 2m or 1h.')
  }
}

/** Decimal text above 0, as it was written. */
export function amountOf(name: string): (text: string) => string {
  return (text) => {
    const value = plainNumber(text)
    if (value > 0) return text
    throw Number.isNaN(value)
      ? wrong(name, text, 'A decimal above 0.')
      : outOfRange(name, text, 'It has to be above 0.')
  }
}

/** Values that an option takes. */
interface NumberRange {
  readonly isIn: (value: number) => boolean
  /** The range in words. */
  readonly says: string
}

/** Reads an option's value as a finite number in a range (default: any). */
export function numberOf(name: string, { isIn, says }: NumberRange = anyNumber): (text: string) => number {
  return (text) => {
    const value = plainNumber(text)
    if (Number.isNaN(value)) throw wrong(name, text, 'A plain number.')
    if (isIn(value)) return value
    throw outOfRange(name, text, says)
  }
}

const anyNumber: NumberRange = { isIn: () => true, says: '' }
/** A number above 0. */
export const aboveZero: NumberRange = { isIn: (value) => value > 0, says: 'It has to be above 0.' }
export const atLeastOne: NumberRange = {
  isIn: (value) => Number.isSafeInteger(value) && value >= 1,
  says: 'It has to be an integer of at least 1.',
}
/** An integer of any sign. */
export const wholeNumber: NumberRange = { isIn: Number.isSafeInteger, says: 'It has to be an integer.' }
const share: NumberRange = { isIn: (value) => value > 0 && value <= 1, says: 'It has to be above 0 and at most 1.' }

/** Reads an option's value as a time, and keeps its text. */
export function timeOf(name: string): (text: string) => string {
  return (text) => {
    try {
      timestamp(text)
      return text
    } catch {
      throw wrong(name, text, 'A time in UTC such as 2019-01-31 or 2019-01-31T12:00:00Z.')
    }
  }
}

/** The error for an option's value that is none of its kind. */
export function wrong(name: string, text: string, hint: string): ConfigError {
  return new ConfigError(`--${name} "${text}" is not understood.`, { code: 'BAD_PARAMETER', hints: [hint] })
}

/** The error for one that is out of range. */
export function outOfRange(name: string, text: string, hint: string): ConfigError {
  return new ConfigError(`--${name} "${text}" is out of range.`, { code: 'BAD_PARAMETER', hints: [hint] })
}
