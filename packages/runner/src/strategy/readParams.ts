import { ConfigError, nearest, type StrategyDefinition } from '@astertrade/core'
import { plainNumber } from '../plainNumber.js'

/**
 * Reads parameters from texts such as `fast=10`, each by the type of the default of the strategy or model.
 *
 * @param owner - What has the parameters, for messages (default `strategy`).
 * @throws ConfigError `BAD_PARAMETER` if a text has no `=` or no value of that type, `UNKNOWN_PARAMETER` (with the nearest known) for
 * any other name.
 * @example
 * readParams(smaCross, ['fast=5', 'side=both']) // => { fast: 5, side: 'both' }
 */
export function readParams(
  { name, params }: Pick<StrategyDefinition, 'name' | 'params'>,
  texts: readonly string[],
  owner: 'strategy' | 'model' = 'strategy',
): Readonly<Record<string, unknown>> {
  const defaults = params as Readonly<Record<string, unknown>>
  const known = Object.keys(defaults)
  const read: Record<string, unknown> = {}
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) {
      throw new ConfigError(`Parameter "${text}" is not name=value.`, {
        code: 'BAD_PARAMETER',
        hints: [
          known.length > 0 ? `Such as --param ${known[0]}=${print(defaults[known[0]!])}.` : `This ${owner} has none.`,
        ],
      })
    }
    const parameter = text.slice(0, at)
    if (!known.includes(parameter)) throw unknownParameter({ owner, name }, parameter, defaults)
    read[parameter] = readValue({ owner, name }, parameter, text.slice(at + 1), defaults[parameter])
  }
  return read
}

interface ParameterOwner {
  readonly owner: 'strategy' | 'model'
  readonly name: string
}

function unknownParameter(
  { owner, name: ownerName }: ParameterOwner,
  name: string,
  defaults: Readonly<Record<string, unknown>>,
): ConfigError {
  const known = Object.keys(defaults)
  const guess = nearest(name, known)
  const list = known.map((key) => `${key}=${print(defaults[key])}`).join(', ')
  return new ConfigError(`${owner === 'model' ? 'Model' : 'Strategy'} "${ownerName}" has no parameter "${name}".`, {
    code: 'UNKNOWN_PARAMETER',
    hints: [...(guess ? [`Did you mean "${guess}"?`] : []), known.length > 0 ? `It has ${list}.` : 'It has none.'],
  })
}

function readValue({ owner, name: ownerName }: ParameterOwner, name: string, text: string, like: unknown): unknown {
  const value = typed(text, like)
  if (value !== undefined) return value
  throw new ConfigError(`Parameter "${name}" of ${owner} "${ownerName}" is "${text}", not ${articled(typeof like)}.`, {
    code: 'BAD_PARAMETER',
    hints: [`The default is ${name}=${print(like)}.`],
  })
}

function typed(text: string, like: unknown): unknown {
  switch (typeof like) {
    case 'string':
      return text
    case 'number': {
      const value = plainNumber(text)
      return Number.isFinite(value) ? value : undefined
    }
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    default:
      return parsed(text)
  }
}

function articled(type: string): string {
  return type === 'object' ? 'an object in JSON' : `a ${type}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
