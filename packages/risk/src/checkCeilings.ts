import { checkOptionChoice } from './limits/checkOptions.js'
import { aboveSeed, percent } from './limits/limitRatio.js'
import { type OrderRateOptions, orderRateDefaults } from './limits/orderRate.js'
import { collarSeed } from './limits/priceCollar.js'
import { policyDefaults, type SettledPolicy } from './policyOptions.js'

/**
 * Refuses what loosens a policy beside its limits on equity: sizes that stay as they are, lower costs, a wider collar, more orders.
 *
 * @throws ConfigError `ABOVE_SEED` for any of them without `ceilings: 'own'`.
 */
export function checkCeilings({ ceilings, deRisking, costs, priceCollar, orderRate }: SettledPolicy): void {
  checkOptionChoice('ceilings', ceilings, ['seed', 'own'])
  if (ceilings === 'own') return
  if (deRisking === 'none') throw aboveSeed('deRisking "none" is looser than the seed, which is graded.')
  if (costs < policyDefaults.costs) {
    throw aboveSeed(`costs "${costs}" are looser than the seed figure ${policyDefaults.costs}.`)
  }
  if (priceCollar > collarSeed) {
    throw aboveSeed(`priceCollar "${priceCollar}" is looser than ${percent(collarSeed)}, the collar of exits.`)
  }
  const rates: OrderRateOptions = orderRate
  for (const name of ['strategyPerSecond', 'accountPerSecond', 'perDay'] as const) {
    const rate = rates[name]
    if (rate === undefined || !(rate > orderRateDefaults[name])) continue
    throw aboveSeed(`orderRate ${name} "${rate}" is looser than the seed figure ${orderRateDefaults[name]}.`)
  }
}
