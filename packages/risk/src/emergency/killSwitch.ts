import type { ControlEvent, Timestamp } from '@astertrade/core'
import {
  type ControlRefusal,
  dualControl,
  forbidden,
  type Operators,
  type Person,
  refused,
  thinReason,
} from './dualControl.js'

/** What set a kill switch. */
export type KillTrigger = 'start' | 'api' | 'cli' | 'signal' | 'file' | 'breaker' | 'drawdown'

/** A kill switch: off, or set until two people lift it. */
export type KillState =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'killed'
      readonly since: Timestamp
      readonly trigger: KillTrigger
      readonly by: string
      readonly reason: string
      /** Set once the venue was asked and nothing open can make a position larger. */
      readonly isVerified: boolean
      /** Somebody asked to lift it. */
      readonly request?: { readonly by: Person; readonly time: Timestamp; readonly reason: string }
    }

/** What a kill switch is told. */
export type KillCommand =
  | {
      readonly kind: 'kill'
      readonly time: Timestamp
      readonly trigger: KillTrigger
      readonly by: string
      readonly reason: string
      /** What becomes of positions: `hold` leaves them to their stops (default), `flatten` closes them. */
      readonly positions?: 'hold' | 'flatten'
    }
  /** The venue was asked: nothing open can make a position larger. */
  | { readonly kind: 'verified'; readonly time: Timestamp }
  /** Asks for the switch to be lifted. */
  | { readonly kind: 'disarm'; readonly time: Timestamp; readonly by: Person; readonly reason: string }
  /** Confirms that. */
  | { readonly kind: 'confirm'; readonly time: Timestamp; readonly by: Person }

/** What a command came to: the next state, and the facts for the engine, to be journaled before they take effect. */
export type KillOutcome =
  | { readonly kind: 'done'; readonly state: KillState; readonly events: readonly ControlEvent[] }
  | ControlRefusal

/** Wait of a one-person installation before its switch is lifted. */
const delayMs = 15 * 60_000
const roles = ['OPERATOR', 'RISK_ADMIN'] as const

/** The state in which every live process starts: nothing is traded until somebody switches it on. */
export function startKilled(time: Timestamp): KillState {
  const start = { since: time, trigger: 'start', by: 'runner', reason: 'live trading starts halted' } as const
  return { kind: 'killed', ...start, isVerified: false }
}

/**
 * The kill switch as a pure state machine over what it is told.
 *
 * Setting it takes one word from anybody and no reason; it latches, and a restart keeps it since its events are journaled. The engine gets
 * `mode: halted`, which takes entries back and refuses what strategies wish with `KILLED`, then `flattened` if asked. Lifting takes a
 * verified state, a request with a reason, and a confirmation by another person, or 15 minutes later where one person operates. A refusal
 * changes nothing.
 *
 * @example
 * killSwitch({ kind: 'off' }, { kind: 'kill', time, trigger: 'cli', by: 'ann', reason: 'test' }, 2)
 * // => { kind: 'done', state: { kind: 'killed', … }, events: [{ kind: 'mode', mode: 'halted', code: 'KILLED', … }] }
 */
export function killSwitch(state: KillState, command: KillCommand, operators: Operators): KillOutcome {
  if (command.kind === 'kill') return kill(state, command)
  if (state.kind === 'off') return refused('NOT_KILLED', 'a kill switch that is set')
  switch (command.kind) {
    case 'verified':
      return { kind: 'done', state: { ...state, isVerified: true }, events: [] }
    case 'disarm': {
      const lacking = forbidden(command.by, roles) ?? thinReason(command.reason)
      if (lacking) return lacking
      const { by, time, reason } = command
      return { kind: 'done', state: { ...state, request: { by, time, reason } }, events: [] }
    }
    case 'confirm':
      return disarm(state, command, operators)
    default:
      return command satisfies never
  }
}

function kill(state: KillState, command: Extract<KillCommand, { kind: 'kill' }>): KillOutcome {
  const { time, trigger, by, reason, positions = 'hold' } = command
  const flattened: readonly ControlEvent[] = positions === 'flatten' ? [{ kind: 'flattened', time, by }] : []
  if (state.kind === 'killed') {
    // Whoever kills again wants it killed: a request to lift it is void.
    const { request: _, ...rest } = state
    return { kind: 'done', state: { ...rest, isVerified: false }, events: flattened }
  }
  const source = trigger === 'breaker' || trigger === 'drawdown' ? 'breaker' : 'operator'
  return {
    kind: 'done',
    state: { kind: 'killed', since: time, trigger, by, reason, isVerified: false },
    events: [{ kind: 'mode', time, mode: 'halted', by: source, code: 'KILLED', reason }, ...flattened],
  }
}

function disarm(
  state: Extract<KillState, { kind: 'killed' }>,
  { time, by }: Extract<KillCommand, { kind: 'confirm' }>,
  operators: Operators,
): KillOutcome {
  const { request, isVerified } = state
  if (request === undefined) return refused('NOT_REQUESTED', 'a request to lift the switch')
  if (!isVerified) return refused('NOT_VERIFIED', 'an answer of the venue that nothing open can make a position larger')
  const lacking = dualControl({
    operators,
    requester: request.by,
    requestedAt: request.time,
    approver: by,
    approvedAt: time,
    roles,
    delayMs,
  })
  if (lacking) return lacking
  return {
    kind: 'done',
    state: { kind: 'off' },
    events: [{ kind: 'mode', time, mode: 'normal', by: 'operator', reason: request.reason }],
  }
}
