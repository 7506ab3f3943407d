import { ConfigError } from '../errors.js'
import { quoted } from '../quoted.js'

/** What makes a value the model that an option takes, and one that would do. */
const models = [
  {
    option: 'fees',
    members: { charge: 'function', name: 'string', highestRate: 'number', fresh: 'function' },
    example: 'makerTaker({ maker: 0.001, taker: 0.001 })',
  },
  {
    option: 'slippage',
    members: { distance: 'function', name: 'string', ratio: 'number' },
    example: 'fixedSlippage({ bps: 2 })',
  },
  { option: 'latency', members: { entryMs: 'number', name: 'string' }, example: "constantLatency('250ms')" },
] as const

/**
 * Checks that fees, slippage and latency are models with all that a run asks of them.
 *
 * @throws ConfigError naming the option and its value, or what it lacks.
 */
export function checkModels(options: { readonly [name: string]: unknown }): void {
  for (const { option, members, example } of models) {
    const given = options[option]
    if (given === undefined) continue
    const model = given as Readonly<Record<string, unknown>> | null
    const [first, ...rest] = Object.entries(members).filter(([name, type]) => !isSound(model?.[name], type))
    if (first === undefined) continue
    const isNone = first[0] === Object.keys(members)[0]
    const lacks = [first, ...rest].map(
      ([name, type]) => `${name} (${type === 'number' ? 'a number ≥ 0' : `a ${type}`})`,
    )
    throw new ConfigError(
      isNone ? `Option ${option} ${quoted(given)} is no model.` : `Option ${option} lacks ${lacks.join(', ')}.`,
      { code: 'BAD_PARAMETER', hints: [`Such as ${option}: ${example}.`] },
    )
  }
}

function isSound(value: unknown, type: string): boolean {
  return typeof value === type && (typeof value !== 'number' || (value >= 0 && value < Number.POSITIVE_INFINITY))
}
