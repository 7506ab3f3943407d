import type { StrategyDefinition } from '@astertrade/core'
import { sevenModelEnsemble, smaCross, trendReversionEnsemble } from '@astertrade/models'
import { buyAndHold } from './buyAndHold.js'

/** Strategies that can be run by name. */
// biome-ignore lint/suspicious/noExplicitAny: a list holds strategies of different parameters; each is checked against its own.
export const builtInStrategies: readonly StrategyDefinition<any>[] = [
  buyAndHold,
  smaCross,
  trendReversionEnsemble,
  sevenModelEnsemble(),
]
