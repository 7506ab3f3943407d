import { ConfigError, type Money, type RiskView } from '@astertrade/core'
import { seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { firstLookMargin } from './firstLook.js'
import { hasFallen } from './hasFallen.js'
import { type LimitRatio, million, percent, shareOf } from './limitRatio.js'

/** A factor from 0 to 1 on the room that size limits leave. */
export interface SizeScale {
  /** Never more than the factor; for a first look. `NaN` where a figure is. */
  near(view: RiskView): number
  /** The factor in whole parts per million, rounded down. */
  ppm(view: RiskView): bigint
  /** Said in the name of `clipSize`, such as `no de-risking` (default nothing). */
  readonly label?: string
}

/** Fall from the high-water mark from which on sizes are multiplied. */
export interface DrawdownStep {
  /** As a share of the high-water mark. */
  readonly from: number
  /** At least 0 and below the factor of the step before. */
  readonly factor: number
}

/** What `gradedSize` takes. */
export interface GradedSizeOptions {
  /** Day's loss at which the factor is 0 (default 0.03); on the way there it falls in a straight line. */
  readonly dailyLoss?: number
  /** Default half from 5 % and a quarter from 8 %. */
  readonly steps?: readonly DrawdownStep[]
  /** Fall at which the factor is 0 (default 0.1). */
  readonly maxDrawdown?: number
}

const defaults = {
  dailyLoss: seedFigures.dailyLoss,
  steps: [
    { from: 0.05, factor: 0.5 },
    { from: 0.08, factor: 0.25 },
  ],
  maxDrawdown: seedFigures.maxDrawdown,
} as const

interface Step {
  readonly from: LimitRatio
  readonly factor: bigint
}

/** Sizes that are left as they are. */
export const fullSize: SizeScale = { near: () => 1, ppm: () => million }

/**
 * De-risking by degrees: the room of every size limit times `1 − dayLoss / 3 %`, times ½ from a drawdown of 5 %, ¼ from 8 %, 0 from 10 %.
 *
 * A limit that stops everything at once is met at full speed; this is the brake before it. Losses are compared in exact money, the
 * factor is rounded down to parts per million.
 *
 * @throws ConfigError `BAD_LIMIT` for a share outside (0, 1], `BAD_STEPS` for steps that do not rise while their factors fall.
 * @example
 * gradedSize().ppm(riskViewOf({ instruments, equity: '9700', dayStart: '9700', highWaterMark: '10500' })) // => 500000n
 */
export function gradedSize(options: GradedSizeOptions = {}): SizeScale {
  checkOptionNames('gradedSize', options, Object.keys(defaults))
  const { dailyLoss, steps, maxDrawdown } = { ...defaults, ...options }
  const day = shareOf('dailyLoss', dailyLoss, 'A share of equity: 3 % is 0.03.')
  const ladder = readSteps(steps, maxDrawdown)
  const firstStep = 1 - ladder[0]!.from.near
  return {
    near(view) {
      const factor = dayFactorNear(view, day.near)
      if (view.equity > view.highWaterMarkNear * firstStep * (1 + firstLookMargin)) return factor
      return Math.floor(Number(stepFactor(ladder, view)) * factor) / 1e6
    },
    ppm: (view) => (dayFactor(view.equityExact, view.dayStart, day) * stepFactor(ladder, view)) / million,
  }
}

/** `1 − loss / limit` for a first look: never more than the exact factor, whose parts per million it keeps, and never below 0. */
export function dayFactorNear({ equity, dayStartNear }: RiskView, limit: number): number {
  const loss = Math.max(0, 1 - equity / dayStartNear)
  return Math.max(0, Math.floor((1 - firstLookMargin - loss / limit) * 1e6)) / 1e6
}

/** `1 − loss / limit` in parts per million, rounded down and held between 0 and 1. */
function dayFactor(equity: Money, dayStart: Money, limit: LimitRatio): bigint {
  if (equity >= dayStart) return million
  const whole = dayStart * limit.ppm
  const left = whole - (dayStart - equity) * million
  return left > 0n ? (left * million) / whole : 0n
}

function stepFactor(ladder: readonly Step[], view: RiskView): bigint {
  const { equityExact, highWaterMark } = view
  let factor = million
  for (const step of ladder) if (hasFallen(equityExact, highWaterMark, step.from)) factor = step.factor
  return factor
}

function readSteps(steps: readonly DrawdownStep[], maxDrawdown: number): readonly Step[] {
  const hint = 'A share of the high-water mark: 5 % is 0.05.'
  const ladder = [...steps, { from: maxDrawdown, factor: 0 }].map(({ from, factor }) => {
    const parts = Math.round(factor * 1e6)
    if (!(factor >= 0 && factor < 1 && parts / 1e6 === factor)) throw badSteps(`factor "${factor}" is not from 0 to 1`)
    return { from: shareOf('drawdown step', from, hint), factor: BigInt(parts) }
  })
  for (const [index, step] of ladder.entries()) {
    const before = ladder[index - 1]
    if (before && (step.from.ppm <= before.from.ppm || step.factor >= before.factor)) {
      throw badSteps(`the step at ${percent(step.from.near)} does not lie below the one before`)
    }
  }
  return ladder
}

function badSteps(message: string): ConfigError {
  return new ConfigError(`Drawdown steps: ${message}.`, {
    code: 'BAD_STEPS',
    hints: ['Falls rise and factors fall, such as [{ from: 0.05, factor: 0.5 }, { from: 0.08, factor: 0.25 }].'],
  })
}
