import { ConfigError } from '@astertrade/core'
import { unknownName } from './unknownName.js'

/** A numeric parameter: its default and the smallest and largest value it takes. */
export interface NumberParameter {
  readonly kind: 'integer' | 'number'
  readonly default: number
  readonly min: number
  readonly max: number
  /** True for a convention rather than a size: named only where it is not the default. */
  readonly convention?: boolean
}

/** A parameter with a fixed set of values. */
export interface ChoiceParameter {
  readonly kind: 'choice'
  readonly default: string
  readonly choices: readonly string[]
}

/** What a parameter accepts. */
export type Parameter = NumberParameter | ChoiceParameter

/** One description per option. */
export type ParametersOf<Options extends object> = { readonly [Name in keyof Options]-?: Parameter }

/** Largest window, in inputs: a bound on memory, far above any use. */
export const periodMax = 1_000_000

/** What a recursive indicator does with a non-finite input: hold its state, or return `NaN` until `reset`. */
export type NanPolicy = 'hold' | 'propagate'

/** The option of every recursive indicator. */
export const nanParameter: ChoiceParameter = { kind: 'choice', default: 'hold', choices: ['hold', 'propagate'] }

/**
 * Fills in defaults and checks every value.
 *
 * @throws ConfigError if an option is unknown or its value is not accepted.
 */
export function resolveOptions<Options extends object>(
  id: string,
  parameters: ParametersOf<Options>,
  options: Partial<Options> = {},
): Required<Options> {
  const known = Object.keys(parameters)
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError(`Options of ${id} are "${String(options)}", not an object.`, {
      code: 'BAD_OPTIONS',
      hints: [`Write { ${known.join(', ')} }, or leave them out.`],
    })
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) throw unknownName('Option', id, unknown, known)
  const resolved: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries<Parameter>(parameters)) {
    const { [name]: value = parameter.default } = options as Record<string, unknown>
    if (!accepts(parameter, value)) throw badOption(id, name, parameter, value)
    // A default read from a field that elsewhere holds a fraction is a double, and would make doubles of all indices.
    resolved[name] = parameter.kind === 'integer' ? (value as number) | 0 : value
  }
  return resolved as Required<Options>
}

/** The name of an indicator with its parameters: `macd(12,26,9)`, `ema(20,seed=first)`. */
export function nameOf<Options extends object>(
  id: string,
  parameters: ParametersOf<Options>,
  options: Required<Options>,
): string {
  const parts: string[] = []
  for (const [name, parameter] of Object.entries<Parameter>(parameters)) {
    const value = options[name as keyof Options]
    const convention = parameter.kind === 'choice' || parameter.convention === true
    if (!convention) parts.push(String(value))
    else if (value !== parameter.default) parts.push(`${name}=${String(value)}`)
  }
  return parts.length === 0 ? id : `${id}(${parts.join(',')})`
}

function accepts(parameter: Parameter, value: unknown): boolean {
  if (parameter.kind === 'choice') return parameter.choices.includes(value as string)
  if (typeof value !== 'number') return false
  if (parameter.kind === 'integer' && !Number.isInteger(value)) return false
  return value >= parameter.min && value <= parameter.max
}

function badOption(id: string, name: string, parameter: Parameter, value: unknown): ConfigError {
  const expected =
    parameter.kind === 'choice'
      ? `one of '${parameter.choices.join("', '")}'`
      : `${parameter.kind === 'integer' ? 'an integer' : 'a number'} from ${parameter.min} to ${parameter.max}`
  return new ConfigError(`Option "${name}" of ${id} is "${String(value)}".`, {
    code: 'BAD_PARAMETER',
    hints: [`It takes ${expected}; the default is ${JSON.stringify(parameter.default)}.`],
  })
}
