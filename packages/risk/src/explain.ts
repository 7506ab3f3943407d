import type { RiskReason } from '@astertrade/core'
import { type RiskCodeEntry, riskCodes } from './codes.js'
import { percent } from './limits/limitRatio.js'

/**
 * The sentence for people behind a refusal, a smaller order or a trip. A code it does not know gets its figures spelled out.
 *
 * @example
 * explain({ code: 'DAILY_LOSS', rule: 'dailyLoss(3%)', limit: '0.03', got: '0.0312', unit: 'ratio' })
 * // => 'The day has lost 3.12%; from 3% on no new risk is taken. [DAILY_LOSS by dailyLoss(3%)]'
 */
export function explain(reason: RiskReason): string {
  const figures = { limit: figure(reason, reason.limit), got: figure(reason, reason.got) }
  const entry: RiskCodeEntry | undefined = Object.hasOwn(riskCodes, reason.code)
    ? riskCodes[reason.code as keyof typeof riskCodes]
    : undefined
  const sentence =
    entry?.sentence(figures) ?? `The limit is ${figures.limit} and the order or account has ${figures.got}.`
  return `${sentence} [${reason.code} by ${reason.rule}]`
}

function figure({ unit }: RiskReason, value: string): string {
  const number = Number(value)
  if (unit === 'ratio' && Number.isFinite(number)) return percent(number)
  return unit === 'ms' ? `${value} ms` : value
}
