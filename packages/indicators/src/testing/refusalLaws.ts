import type { BarColumns } from '../indicator.js'
import type { Parameter } from '../parameters.js'
import { columnsOf } from './barSeries.js'
import { type ContractCheck, type ContractSubject, createSubject, holds, sameBits } from './contractSubject.js'
import { walk } from './walk.js'

/** The laws of misuse: a `ConfigError` with hints, and no change of state. */
export function refusalLaws(subject: ContractSubject): readonly ContractCheck[] {
  const { definition } = subject
  return [
    {
      name: 'refuses unknown options and values out of range',
      run: () => {
        refuses(() => definition.create({ perod: 3 } as object), 'an unknown option')
        for (const options of [20, 'period', null]) {
          refuses(() => definition.create(options as never), `the options "${options}"`)
          refuses(() => definition.batch(columns(3), options as never), `the options "${options}" in a batch`)
        }
        for (const [name, parameter] of Object.entries<Parameter>({ ...definition.params })) {
          for (const value of badValues(parameter)) {
            const what = `${name} "${String(value)}"`
            refuses(() => definition.create({ [name]: value }), what)
            refuses(() => definition.batch(columns(3), { [name]: value }), `${what} in a batch`)
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
    { name: 'refuses columns of another type or length', run: () => checkColumns(subject) },
    { name: 'refuses outputs that are no columns of the same length', run: () => checkOutputs(subject) },
    { name: 'has no value, and no error, for a series that is empty or too short', run: () => checkShort(subject) },
  ]
}

const column = (length: number): Float64Array => new Float64Array(length)
const columns = (length: number): BarColumns => ({
  high: column(length),
  low: column(length),
  close: column(length),
  volume: column(length),
})

function checkColumns({ definition, options }: ContractSubject): void {
  for (const field of definition.inputs) {
    const bad = {
      'a list of strings': ['1', '2', '3'],
      'floats of 32 bits': new Float32Array(3),
      null: null,
      nothing: undefined,
    }
    for (const [what, value] of Object.entries(bad)) {
      refuses(() => definition.batch({ ...columns(3), [field]: value } as never, options), `${what} as ${field}`)
    }
    if (definition.inputs.length === 1) continue
    refuses(() => definition.batch({ ...columns(3), [field]: column(2) }, options), `a shorter column ${field}`)
  }
}

function checkOutputs({ definition, options }: ContractSubject): void {
  const { outputs, batch } = definition
  const all = (value: unknown): never => Object.fromEntries(outputs.map((name) => [name, value])) as never
  const given = (): Record<string, Float64Array> => Object.fromEntries(outputs.map((name) => [name, column(3)]))
  for (const [what, value] of Object.entries({ null: null, 'a number': 3, 'a record without columns': {} })) {
    refuses(() => batch(columns(3), options, value as never), `${what} for the outputs`)
  }
  for (const [what, value] of Object.entries({
    null: null,
    'a list': [0, 0, 0],
    'floats of 32 bits': new Float32Array(3),
  })) {
    refuses(() => batch(columns(3), options, all(value)), `${what} as an output`)
  }
  for (const name of outputs) {
    for (const length of [0, 2, 4]) {
      refuses(() => batch(columns(3), options, { ...given(), [name]: column(length) }), `"${length}" values in ${name}`)
    }
  }
  if (outputs.length > 1) refuses(() => batch(columns(3), options, all(column(3))), 'one array for all outputs')
}

/** A warm-up of many inputs is a period longer than the series. */
function checkShort(subject: ContractSubject): void {
  const { definition, options } = subject
  const { warmup } = createSubject(subject)
  for (const length of [0, Math.min(warmup - 1, 5)]) {
    const results = definition.batch(columnsOf(walk(length)), options)
    for (const name of definition.outputs) {
      holds(
        results[name]?.length === length,
        `output ${name} of "${length}" bars has "${results[name]?.length}" values`,
      )
    }
    const isComplete = length > 0 && definition.outputs.every((name) => !Number.isNaN(results[name]![length - 1]!))
    holds(!isComplete, `all outputs have a value after "${length}" bars of "${warmup}"`)
  }
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
