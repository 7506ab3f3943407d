import type { ContractCheck, ContractSubject } from './contractSubject.js'
import { refusalLaws } from './refusalLaws.js'
import { seriesLaws } from './seriesLaws.js'
import { streamLaws } from './streamLaws.js'

/**
 * The laws every indicator keeps, as named checks for any test runner.
 *
 * Streaming equals batch bit for bit, `NaN` included; `replace` equals never having seen the old input; `peek` touches
 * nothing; copies go on alike; warm-up is exact; a hole heals; outputs scale as their units say; misuse is refused.
 *
 * @example
 * for (const { name, run } of indicatorContract({ definition: registry.sma, options: { period: 5 } })) it(name, run)
 */
export function indicatorContract(subject: ContractSubject): readonly ContractCheck[] {
  return [...streamLaws(subject), ...seriesLaws(subject), ...refusalLaws(subject)]
}
