import type { Parameter } from '../parameters.js'
import { type ContractCheck, type ContractSubject, createSubject, holds, sameBits } from './contractSubject.js'

/** The laws of misuse: a `ConfigError` with hints, and no change of state. */
export function refusalLaws(subject: ContractSubject): readonly ContractCheck[] {
  const { definition } = subject
  return [
    {
      name: 'refuses unknown options and values out of range',
      run: () => {
        refuses(() => definition.create({ perod: 3 } as object), 'an unknown option')
        refuses(() => definition.create(20 as unknown as object), 'options that are not an object')
        for (const [name, parameter] of Object.entries<Parameter>({ ...definition.params })) {
          for (const value of badValues(parameter)) {
            refuses(() => definition.create({ [name]: value }), `${name} "${String(value)}"`)
          }
        }
      },
    },
    {
      name: 'refuses a snapshot that is not its own and keeps its state',
      run: () => {
        const stream = createSubject(subject)
        const own = stream.snapshot()
        const foreign = [new Float64Array(0), own.subarray(1), own.map((value, at) => (at === 2 ? value + 1 : value))]
        for (const state of foreign) refuses(() => stream.restore(state), 'a foreign snapshot')
        refuses(() => stream.restore([...own] as unknown as Float64Array), 'a snapshot that is an array')
        sameBits(stream.snapshot(), own, 'snapshot after a refusal')
      },
    },
    {
      name: 'refuses the name of an output it does not have',
      run: () => refuses(() => createSubject(subject).output('nothing'), 'an unknown output'),
    },
    {
      name: 'refuses columns of another type or length',
      run: () => {
        const column = (length: number): Float64Array => new Float64Array(length)
        const bars = { high: column(3), low: column(3), close: column(3), volume: column(3) }
        const field = definition.inputs.at(-1)!
        refuses(() => definition.batch({ ...bars, [field]: ['1', '2', '3'] }, subject.options), 'a list of strings')
        refuses(() => definition.batch({ ...bars, [field]: new Float32Array(3) }, subject.options), 'floats of 32 bits')
        const short = Object.fromEntries(definition.outputs.map((name) => [name, column(2)]))
        refuses(() => definition.batch(bars, subject.options, short), 'outputs that are too short')
      },
    },
  ]
}

function badValues(parameter: Parameter): readonly unknown[] {
  if (parameter.kind === 'choice') return ['', 'nothing', 1, Number.NaN]
  const { min, max } = parameter
  const wrong = [min - 1, -1, max + 1, Number.NaN, Number.POSITIVE_INFINITY, '3']
  return parameter.kind === 'integer' ? [...wrong, min + 0.5] : wrong
}

function refuses(attempt: () => unknown, what: string): void {
  let thrown: unknown
  try {
    attempt()
  } catch (error) {
    thrown = error
  }
  const { name, hints } = (thrown ?? {}) as { readonly name?: string; readonly hints?: readonly string[] }
  holds(name === 'ConfigError', `it accepted ${what}, or threw "${String(thrown)}"`)
  holds((hints ?? []).length > 0, `its refusal of ${what} has no hint`)
}
