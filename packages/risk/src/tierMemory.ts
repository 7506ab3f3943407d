import type { Money, RiskMemory, RiskView } from '@astertrade/core'
import { type CapitalTier, type CapitalTiers, tierOf, tiersLabel } from './capitalTiers.js'
import { firstLookMargin } from './limits/firstLook.js'

/** The tier an account is in, and since when equity has stood above what the next ones ask for. */
export interface TierState {
  /** 0 below the first tier. */
  readonly tier: number
  /** By tier, from the first: time since which equity has been above its bound by 2 %; undefined while it is not. */
  readonly above: readonly (number | undefined)[]
}

/** Wait above a bound, without a break, before its tier is entered. */
const waitMs = 86_400_000
/** A bound has to be passed by 2 % for that, or equity at a bound would move the tier to and fro. */
const marginPercent = 102n

/** The state of a first start: the tier of the equity. */
export function startTier(tiers: CapitalTiers, equity: Money): TierState {
  return { tier: tierOf(tiers, equity), above: tiers.list.map(() => undefined) }
}

/**
 * One close later: down at once, up after 24 hours above 1.02 times each bound without a break; one dip starts the wait anew.
 *
 * The same object comes back where nothing changed. Deposits wait like everybody.
 *
 * @example
 * nextTier(tiers, { tier: 1, above: [undefined, 0] }, { equity: money('600'), time: 86_400_000 }).tier // => 2
 */
export function nextTier(
  tiers: CapitalTiers,
  state: TierState,
  { equity, time }: { readonly equity: Money; readonly time: number },
): TierState {
  let tier = Math.min(state.tier, tierOf(tiers, equity))
  const above = tiers.list.map(({ from }, index) => {
    if (index < tier || equity * 100n <= from * marginPercent) return undefined
    return state.above[index] ?? time
  })
  while (tier < above.length && time - (above[tier] ?? time) >= waitMs) {
    above[tier] = undefined
    tier++
  }
  const isSame = tier === state.tier && above.every((since, index) => since === state.above[index])
  return isSame ? state : { tier, above }
}

/** The memory of the tier held, which the engine runs: it is asked only where equity or time can change the tier. */
export function tierMemory(tiers: CapitalTiers): RiskMemory<TierState> {
  return {
    name: memoryName(tiers),
    start: (view) => startTier(tiers, view.equityExact),
    next: (state, view) => nextTier(tiers, state, { equity: view.equityExact, time: view.now }),
    alarm({ tier, above }) {
      let below = tier > 0 ? tiers.list[tier - 1]!.fromNear * (1 + firstLookMargin) : Number.NEGATIVE_INFINITY
      let over = Number.POSITIVE_INFINITY
      let at = Number.POSITIVE_INFINITY
      for (let index = tier; index < above.length; index++) {
        const bound = tiers.list[index]!.fromNear * (Number(marginPercent) / 100)
        const since = above[index]
        if (since === undefined) over = Math.min(over, bound)
        else {
          below = Math.max(below, bound * (1 + firstLookMargin))
          at = Math.min(at, since + waitMs)
        }
      }
      return { below, above: over * (1 - firstLookMargin), at }
    },
  }
}

function memoryName(tiers: CapitalTiers): string {
  const bounds = tiers.list.map(({ fromNear }) => fromNear).join('/')
  return `capitalTiers(from ${bounds}: ${tiersLabel(tiers, 'risk')} and ${tiersLabel(tiers, 'position')})`
}

/** The tier in force: the one held, or that of the present equity where it is lower; undefined below the first. */
export function heldTier(tiers: CapitalTiers, memory: RiskMemory<TierState>, view: RiskView): CapitalTier | undefined {
  const state = view.memory(memory.name) as TierState | undefined
  const tier = tierOf(tiers, view.equityExact)
  return tiers.list[(state === undefined ? tier : Math.min(state.tier, tier)) - 1]
}

/** The tier in force, by doubles where they decide; undefined below the first. */
export function tierInForce(
  tiers: CapitalTiers,
  memory: RiskMemory<TierState>,
  view: RiskView,
): CapitalTier | undefined {
  return nearTier(tiers, memory, view, view.equity) ?? heldTier(tiers, memory, view)
}

/** The same from doubles, for a first look; undefined also where equity is too near to a bound for that. */
export function nearTier(
  { list }: CapitalTiers,
  memory: RiskMemory<TierState>,
  view: RiskView,
  equity: number,
): CapitalTier | undefined {
  let tier = 0
  while (tier < list.length && equity > list[tier]!.fromNear * (1 + firstLookMargin)) tier++
  if (tier < list.length && equity > list[tier]!.fromNear * (1 - firstLookMargin)) return undefined
  const state = view.memory(memory.name) as TierState | undefined
  return list[(state === undefined || tier < state.tier ? tier : state.tier) - 1]
}
