import { approve, ConfigError, type RiskRule } from '@astertrade/core'
import { type CapitalTierOptions, capitalTiers } from '../capitalTiers.js'
import { type Ceilings, seedTiers } from '../seedFigures.js'
import { heldTier, nearTier, tierInForce, tierMemory } from '../tierMemory.js'
import { checkOptionNames } from './checkOptions.js'
import { exposurePrice } from './exposurePrice.js'
import { firstLookMargin } from './firstLook.js'
import { instrumentGroups } from './instrumentGroups.js'
import { noTier } from './noTier.js'
import { sumWithin } from './sumWithin.js'
import { valueUse } from './valueUse.js'

/** What `clusterCap` takes. */
export interface ClusterCapOptions {
  /** Ids of instruments that move together, by the name of their cluster; an instrument belongs to one at most. */
  readonly clusters: Readonly<Record<string, readonly string[]>>
  /** Times the position share of the capital tier (default 2). */
  readonly multiple?: number
  readonly tiers?: readonly CapitalTierOptions[]
  /** Default `seed`: a tier above the seed tiers, or a multiple above 2, is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { multiple: 2, tiers: seedTiers, ceilings: 'seed' } as const

/**
 * Limits the sum of the positions in instruments that move together to twice the position share of the capital tier.
 *
 * An instrument outside all clusters passes. Orders under way and unknown ones count in full. The order shrinks to the lots that fit,
 * or is refused with `CLUSTER_CAP`. Exits pass. The comparison is exact. Instruments whose 60-day correlation exceeds 0.7 belong
 * into one cluster.
 *
 * @throws ConfigError `BAD_CLUSTERS` for an instrument in two clusters or a multiple that is no positive integer; else as `maxPosition`.
 * @example
 * clusterCap({ clusters: { majors: ['BTC-USDT.binance', 'ETH-USDT.binance'] } }).name // => 'clusterCap(2 positions)'
 */
export function clusterCap(options: ClusterCapOptions): RiskRule {
  checkOptionNames('clusterCap', options, ['clusters', ...Object.keys(defaults)])
  const { clusters, multiple, tiers: given, ceilings } = { ...defaults, ...options }
  const tiers = capitalTiers(given, ceilings)
  const memory = tierMemory(tiers)
  const members = membersOf(clusters)
  checkMultiple(multiple, ceilings)
  const name = `clusterCap(${multiple} positions)`
  const groups = instrumentGroups((instruments) =>
    Object.values(clusters).map((ids) => instruments.filter(({ id }) => ids.includes(id))),
  )
  return {
    name,
    memory,
    check(order, view) {
      const cluster = members.get(order.instrument)
      if (order.reduceOnly || cluster === undefined) return approve
      const { equity } = view
      const share = (nearTier(tiers, memory, view, equity)?.position.near ?? Number.NaN) * multiple
      const value = exposurePrice(order, view) * order.quantity
      const room = equity * share * (1 - firstLookMargin) - view.grossExposure
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      // Below the first tier, or with an equity that is no number, the sum is judged by the smallest share.
      const tier = Number.isFinite(equity) ? heldTier(tiers, memory, view) : tiers.list[0]
      if (tier === undefined) return noTier(name, tiers, view)
      const ppm = tier.position.ppm * BigInt(multiple)
      const instruments = view.instruments.filter(({ id }) => cluster.includes(id))
      return sumWithin(order, view, instruments, { code: 'CLUSTER_CAP', rule: name, ppm })
    },
    use(view) {
      const share = tierInForce(tiers, memory, view)?.position.near ?? Number.NaN
      return valueUse(view, groups(view), share * multiple)
    },
  }
}

function membersOf(clusters: ClusterCapOptions['clusters']): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, readonly string[]>()
  for (const [name, ids] of Object.entries(clusters)) {
    for (const id of ids) {
      if (members.has(id)) {
        throw new ConfigError(`Instrument "${id}" of cluster "${name}" is in another one already.`, {
          code: 'BAD_CLUSTERS',
        })
      }
      members.set(id, ids)
    }
  }
  return members
}

function checkMultiple(multiple: number, ceilings: Ceilings): void {
  if (Number.isInteger(multiple) && multiple >= 1 && (multiple <= defaults.multiple || ceilings === 'own')) return
  throw new ConfigError(`A cluster of "${multiple}" positions is no integer from 1 to ${defaults.multiple}.`, {
    code: 'BAD_CLUSTERS',
    hints: ["More than two needs ceilings: 'own'."],
  })
}
