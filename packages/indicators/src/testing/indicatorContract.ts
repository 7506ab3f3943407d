import type { ContractCheck, ContractSubject } from './contractSubject.js'
import { holeLaws } from './holeLaws.js'
import { marketLaws } from './marketLaws.js'
import { rangeLaws } from './rangeLaws.js'
import { refusalLaws } from './refusalLaws.js'
import { seriesLaws } from './seriesLaws.js'
import { streamLaws } from './streamLaws.js'

/**
 * The laws every indicator keeps, as named checks for any test runner.
 *
 * Streaming equals batch bit for bit, `NaN` included; `replace` equals never having seen the old input; `peek` touches
 * nothing; copies go on alike; warm-up is exact; a hole heals as if it had never come; outputs scale with prices and move
 * with them as their units say, rest where the market rests, stay finite and within the bounds of the definition, with
 * volume and without, at tiny and huge prices; misuse is refused. What an indicator cannot keep its definition declares,
 * with the reason; that it is so is checked instead.
 *
 * @example
 * for (const { name, run } of indicatorContract({ definition: registry.sma, options: { period: 5 } })) it(name, run)
 */
export function indicatorContract(subject: ContractSubject): readonly ContractCheck[] {
  return [
    ...streamLaws(subject),
    ...holeLaws(subject),
    ...seriesLaws(subject),
    ...rangeLaws(subject),
    ...marketLaws(subject),
    ...refusalLaws(subject),
  ]
}
