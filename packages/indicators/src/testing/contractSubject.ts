import { InvariantError } from '@astertrade/core'
import type { IndicatorDefinition } from '../definition.js'
import type { BarInput, Indicator } from '../indicator.js'

/** What a contract needs of a definition; any entry of the registry satisfies it. */
export type ContractDefinition = Pick<
  IndicatorDefinition,
  | 'id'
  | 'inputs'
  | 'outputs'
  | 'primary'
  | 'params'
  | 'units'
  | 'outputUnits'
  | 'bounds'
  | 'priceShift'
  | 'exceptions'
  | 'create'
  | 'batch'
>

/** A definition with the options under test. */
export interface ContractSubject {
  readonly definition: ContractDefinition
  /** Small sizes make short series meaningful; default: the indicator's own defaults. */
  readonly options?: object
  /** What an input that is not finite leaves behind: it heals (default), or it poisons until `reset`. */
  readonly holes?: 'heal' | 'poison'
  /** Whether `warmup` is exact (default), or nominal where the first value depends on the inputs, such as on their volume. */
  readonly warmup?: 'exact' | 'nominal'
  /** Random cases per law (default 50). */
  readonly runs?: number
  /** Seed of the random cases (default 1). */
  readonly seed?: number
}

/** One law, ready to be registered with any test runner. */
export interface ContractCheck {
  /** A sentence that names the law. */
  readonly name: string
  /** Throws where the law is broken. */
  run(): void
}

type AnyIndicator = Indicator<number | BarInput, string>

/** Reads the field, or the bar, that the indicator takes. */
export function inputOf({ inputs }: ContractDefinition, bar: BarInput): number | BarInput {
  return inputs.length === 1 ? bar[inputs[0]!] : bar
}

/** A fresh indicator under test. */
export function createSubject({ definition, options }: ContractSubject): AnyIndicator {
  return definition.create(options)
}

/** All outputs of a stream at this moment, in order. */
export function outputsOf({ outputs }: ContractDefinition, stream: AnyIndicator): number[] {
  return outputs.map((output) => stream.output(output))
}

/** All outputs after each bar. */
export function streamRows(subject: ContractSubject, bars: readonly BarInput[]): number[][] {
  const stream = createSubject(subject)
  return bars.map((bar) => advance(subject, stream, bar))
}

/** Feeds one bar and returns all outputs; the primary one is what `next` returned. */
export function advance(subject: ContractSubject, stream: AnyIndicator, bar: BarInput): number[] {
  const { definition } = subject
  const returned = stream.next(inputOf(definition, bar))
  holds(Object.is(returned, stream.value), `next returned "${returned}", value is "${stream.value}"`)
  const primary = stream.output(definition.primary)
  holds(Object.is(returned, primary), `next returned "${returned}", output ${definition.primary} is "${primary}"`)
  return outputsOf(definition, stream)
}

/** Throws unless the condition is true. */
export function holds(condition: boolean, message: string): void {
  if (!condition) throw new InvariantError(`The indicator breaks its contract: ${message}.`, { code: 'CONTRACT' })
}

/** Throws unless both lists are the same numbers, bit for bit; returns how many of them are finite. */
export function sameBits(actual: ArrayLike<number>, expected: ArrayLike<number>, where: string): number {
  holds(actual.length === expected.length, `${where}: "${actual.length}" numbers, expected "${expected.length}"`)
  let finite = 0
  for (let index = 0; index < expected.length; index++) {
    const [left, right] = [actual[index]!, expected[index]!]
    if (!Object.is(left, right)) holds(false, `${where}: number ${index} is "${left}", expected "${right}"`)
    if (Number.isFinite(right)) finite++
  }
  return finite
}
