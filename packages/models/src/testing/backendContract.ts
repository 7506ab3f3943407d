import { createRandom, invariant } from '@astertrade/core'
import type { Backend, Session } from '../backends/backend.js'
import { jsSession } from '../backends/js/jsSession.js'
import type { DenseLayer, Network } from '../backends/network.js'
import type { AsyncCheck } from './asyncCheck.js'
import { refusal } from './refusal.js'

/** What `backendContract` takes. */
export interface BackendContractOptions {
  /** Makes the backend; it must work on this machine. */
  create(): Backend
  /** Largest difference to the kernels in JavaScript, relative above 1 (default 1e-5). */
  readonly tolerance?: number
  /** Rows of the largest batch (default 100). */
  readonly rows?: number
}

interface Subject {
  readonly backend: Backend
  readonly tolerance: number
  readonly rows: number
}

const network = sampleNetwork([6, 16, 8, 3])

/**
 * The contract of a backend as named checks for any test runner: it computes what the kernels in JavaScript compute, believes
 * golden rows more than itself, leaves its input alone, and ends for good.
 *
 * @example
 * for (const check of backendContract({ create: jsBackend })) it(check.name, () => check.run())
 */
export function backendContract({
  create,
  tolerance = 1e-5,
  rows = 100,
}: BackendContractOptions): readonly AsyncCheck[] {
  const checks: Readonly<Record<string, (subject: Subject) => Promise<void>>> = {
    'names its device when asked': namesDevice,
    'computes what the kernels in JavaScript compute': computesSame,
    'answers runs that overlap each with its own rows': answersEach,
    'leaves its input and what lies behind the output alone': leavesAlone,
    'takes a model that gives its golden rows and refuses one that does not': provesGolden,
    'refuses arrays that are short, and goes on': refusesShort,
    'disposes twice and then refuses to run': disposes,
  }
  return Object.entries(checks).map(([name, check]) => ({
    name,
    run: () => check({ backend: create(), tolerance, rows }),
  }))
}

async function namesDevice({ backend }: Subject): Promise<void> {
  const probe = await backend.probe()
  invariant(probe.ok, `The backend "${backend.id}" does not work here: ${probe.ok ? '' : probe.reason}`)
  invariant(probe.device.length > 0, 'The probe names no device.')
  await withSession(backend, async (session) => {
    invariant(session.backend === backend.id, `The session says it is "${session.backend}", not "${backend.id}".`)
    invariant(session.inputs === 6 && session.outputs === 3, `It takes ${session.inputs} and gives ${session.outputs}.`)
  })
}

async function computesSame({ backend, tolerance, rows }: Subject): Promise<void> {
  await withSession(backend, async (session) => {
    for (const count of [0, 1, 7, rows]) {
      const x = rowsOf(count, count)
      const out = new Float32Array(count * 3)
      await session.run(x, count, out)
      close(`${count} rows`, out, { expected: expectedOf(x, count), tolerance })
    }
  })
}

async function answersEach({ backend, tolerance }: Subject): Promise<void> {
  await withSession(backend, async (session) => {
    const inputs = [1, 2, 3, 4].map((seed) => rowsOf(seed, seed))
    const outs = inputs.map((_, index) => new Float32Array((index + 1) * 3))
    await Promise.all(inputs.map((x, index) => session.run(x, index + 1, outs[index]!)))
    for (const [index, x] of inputs.entries()) {
      close(`Run ${index}`, outs[index]!, { expected: expectedOf(x, index + 1), tolerance })
    }
  })
}

async function leavesAlone({ backend }: Subject): Promise<void> {
  await withSession(backend, async (session) => {
    const x = rowsOf(3, 5)
    const before = x.slice()
    const out = new Float32Array(4 * 3).fill(7)
    await session.run(x, 3, out)
    invariant(x.length === before.length && x.every((value, index) => value === before[index]), 'It changed its input.')
    invariant(
      out.slice(9).every((value) => value === 7),
      'It wrote behind the output.',
    )
  })
}

async function provesGolden({ backend }: Subject): Promise<void> {
  const x = rowsOf(2, 9)
  const out = expectedOf(x, 2)
  const row = (values: Float32Array, index: number, width: number): number[] => [
    ...values.slice(index * width, (index + 1) * width),
  ]
  const inputs = [row(x, 0, 6), row(x, 1, 6)]
  const outputs = [row(out, 0, 3), row(out, 1, 3)]
  const session = await backend.load(network, { inputs, outputs })
  session.dispose()
  const wrong = [outputs[0]!, outputs[1]!.map((value) => value + 0.05)]
  await refusal('BACKEND', () => backend.load(network, { inputs, outputs: wrong }))
  await refusal('BACKEND', () => backend.load(network, { inputs, outputs: [[1], [1]] }))
}

async function refusesShort({ backend, tolerance }: Subject): Promise<void> {
  await withSession(backend, async (session) => {
    const x = rowsOf(2, 3)
    const out = new Float32Array(6)
    await refusal('BACKEND', () => session.run(x, 3, new Float32Array(9)))
    await refusal('BACKEND', () => session.run(x, 2, new Float32Array(5)))
    await refusal('BACKEND', () => session.run(x, -1, out))
    await refusal('BACKEND', () => session.run(x, 0.5, out))
    await session.run(x, 2, out)
    close('After refusals', out, { expected: expectedOf(x, 2), tolerance })
  })
}

async function disposes({ backend }: Subject): Promise<void> {
  const session = await backend.load(network)
  session.dispose()
  session.dispose()
  await refusal('BACKEND', () => session.run(rowsOf(1, 1), 1, new Float32Array(3)))
}

async function withSession(backend: Backend, use: (session: Session) => Promise<void>): Promise<void> {
  const session = await backend.load(network)
  try {
    await use(session)
  } finally {
    session.dispose()
  }
}

function sampleNetwork(sizes: readonly number[]): Network {
  const random = createRandom(5).stream('contract')
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.uniform() - 0.5)
  const layers = sizes.slice(1).map((outputs, index): DenseLayer => {
    const inputs = sizes[index]!
    const activation = (['relu', 'tanh', 'softmax'] as const)[index]!
    return { inputs, outputs, activation, weights: draw(inputs * outputs), bias: draw(outputs) }
  })
  return { kind: 'network', layers }
}

function rowsOf(rows: number, seed: number): Float32Array {
  const random = createRandom(seed).stream('rows')
  return Float32Array.from({ length: rows * 6 }, () => 4 * random.uniform() - 2)
}

function expectedOf(x: Float32Array, rows: number): Float32Array {
  const out = new Float32Array(rows * 3)
  jsSession(network).runSync(x, rows, out)
  return out
}

function close(
  what: string,
  got: Float32Array,
  { expected, tolerance }: { readonly expected: Float32Array; readonly tolerance: number },
): void {
  for (const [index, value] of expected.entries()) {
    const difference = Math.abs(got[index]! - value)
    invariant(difference <= tolerance, `${what}: number ${index} is ${got[index]}, not ${value}.`)
  }
}
