import { ConfigError } from '@astertrade/core'
import type { GoldenRows } from '../artifact.js'
import type { Backend, BackendId, Probe, Servable, Session } from './backend.js'
import { requireRoom } from './requireRoom.js'

/** A backend that was passed over or given up, and why. */
export interface Fallback {
  readonly backend: BackendId
  readonly reason: string
}

/** What `backendChain` takes besides the backends. */
export interface BackendChainOptions {
  /** Rows up to which the first backend that answers at once serves (default 100): no GPU wins against a launch and two copies. */
  readonly smallRows?: number
  /** Told when a backend is passed over or given up. */
  readonly onFallback?: (fallback: Fallback) => void
}

/** A model on the first backend of a chain that serves it right; `backend` and `device` tell which that is now. */
export interface ChainSession extends Session {
  /** What was passed over or given up so far. */
  readonly fallbacks: readonly Fallback[]
}

/** Backends in the order in which they are tried. */
export interface BackendChain {
  /** Asks each backend whether it works here. */
  probe(): Promise<readonly { readonly backend: BackendId; readonly probe: Probe }[]>
  /**
   * Loads a model on the first backend that takes it and gives its golden rows.
   *
   * @throws ConfigError with code `BACKEND` that lists why none did.
   */
  load(model: Servable, golden?: GoldenRows): Promise<ChainSession>
}

interface Slot {
  readonly session: Session
  /** Place in the chain. */
  readonly place: number
}

/**
 * A chain of backends, such as cuda, webgpu, ort-cpu, wasm, js. One that fails later, by an error or by NaN from numbers, is given
 * up, and the next one computes the same rows again.
 *
 * @throws ConfigError with code `BACKEND` if there is no backend.
 * @example
 * const session = await backendChain([wasmBackend(), jsBackend()]).load(network)
 * session.backend // => 'wasm'
 */
export function backendChain(backends: readonly Backend[], options: BackendChainOptions = {}): BackendChain {
  if (backends.length === 0) throw new ConfigError('The chain has no backend.', { code: 'BACKEND' })
  return {
    probe: () => Promise.all(backends.map(async (backend) => ({ backend: backend.id, probe: await backend.probe() }))),
    load: (model, golden) => openChain({ backends, model, golden, options }),
  }
}

interface ChainPlan {
  readonly backends: readonly Backend[]
  readonly model: Servable
  readonly golden: GoldenRows | undefined
  readonly options: BackendChainOptions
}

async function openChain(plan: ChainPlan): Promise<ChainSession> {
  const { smallRows = 100, onFallback } = plan.options
  const fallbacks: Fallback[] = []
  const note = (fallback: Fallback): void => {
    fallbacks.push(fallback)
    onFallback?.(fallback)
  }
  let active = await loadFrom(plan, 0, note)
  const small = await smallSession(plan, active)
  let moving: Promise<void> | undefined
  let disposed = false
  const moveOn = async (failed: Slot, reason: string): Promise<void> => {
    note({ backend: failed.session.backend, reason })
    if (failed.session !== small) failed.session.dispose()
    active = await loadFrom(plan, failed.place + 1, note)
    if (disposed) active.session.dispose()
  }
  const giveUp = async (failed: Slot, reason: string): Promise<void> => {
    // Two runs may fail on one backend; it is given up once.
    if (active === failed)
      moving ??= moveOn(failed, reason).finally(() => {
        moving = undefined
      })
    await moving
  }
  const runOn = async (x: Float32Array, rows: number, out: Float32Array): Promise<void> => {
    await moving
    const slot = active
    const reason = await failure(slot.session, { x, rows, out })
    if (reason === undefined) return
    if (disposed) throw disposedError()
    if (reason === noNumber && slot.place === plan.backends.length - 1) return
    await giveUp(slot, reason)
    await runOn(x, rows, out)
  }
  return {
    get backend() {
      return active.session.backend
    },
    get device() {
      return active.session.device
    },
    inputs: active.session.inputs,
    outputs: active.session.outputs,
    fallbacks,
    ...(small?.runSync ? { runSync: small.runSync } : {}),
    async run(x, rows, out) {
      if (disposed) throw disposedError()
      requireRoom(active.session, x, rows, out)
      if (small?.runSync && rows <= smallRows) small.runSync(x, rows, out)
      else await runOn(x, rows, out)
    },
    dispose() {
      disposed = true
      active.session.dispose()
      small?.dispose()
    },
  }
}

/** The first backend from a place on that takes the model. */
async function loadFrom(
  { backends, model, golden }: ChainPlan,
  from: number,
  note: (fallback: Fallback) => void,
): Promise<Slot> {
  const reasons: string[] = []
  for (let place = from; place < backends.length; place++) {
    const backend = backends[place]!
    try {
      return { session: await backend.load(model, golden), place }
    } catch (error) {
      const reason = reasonOf(error)
      reasons.push(`${backend.id}: ${reason}`)
      note({ backend: backend.id, reason })
    }
  }
  throw new ConfigError('No backend is left that serves the model.', { code: 'BACKEND', hints: reasons })
}

/** The first session of the chain that answers at once; the one that serves, if it does. */
async function smallSession({ backends, model, golden }: ChainPlan, active: Slot): Promise<Session | undefined> {
  if (active.session.runSync) return active.session
  for (const backend of backends.slice(active.place + 1)) {
    if (backend.id !== 'wasm' && backend.id !== 'js') continue
    const session = await backend.load(model, golden).catch(() => undefined)
    if (session?.runSync) return session
  }
  return undefined
}

const noNumber = 'it gave NaN for numbers'

async function failure(
  session: Session,
  { x, rows, out }: { readonly x: Float32Array; readonly rows: number; readonly out: Float32Array },
): Promise<string | undefined> {
  try {
    await session.run(x, rows, out)
  } catch (error) {
    return reasonOf(error)
  }
  const hole = hasNaN(out, rows * session.outputs) && !hasNaN(x, rows * session.inputs)
  return hole ? noNumber : undefined
}

function hasNaN(values: Float32Array, length: number): boolean {
  for (let index = 0; index < length; index++) if (Number.isNaN(values[index])) return true
  return false
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error)
}

function disposedError(): ConfigError {
  return new ConfigError('The session of the chain is disposed.', { code: 'BACKEND' })
}
