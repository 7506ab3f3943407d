import { ConfigError, type Duration, dayMs, type Timestamp, timestamp } from '@astertrade/core'
import { type PairedResult, pairedTest } from '../evaluate/pairedTest.js'

/** When a model is trained anew, and what a new one has to show. */
export interface RetrainingPlan {
  /** Milliseconds of history that a training sees (default 180 days). */
  readonly window?: Duration
  /** Milliseconds between trainings (default one day). */
  readonly retrainEvery?: Duration
  /** Matured forecasts between two looks at a shadow (default 100). */
  readonly lookEvery?: number
  /** Looks at a shadow before it is given up (default 5); each is at `level / looks`. */
  readonly looks?: number
  /** Chance of promoting a candidate that is no better (default 0.05). */
  readonly level?: number
  /** Bars until a forecast is judged (default 1). */
  readonly horizonBars?: number
}

/** Where a model's succession stands: plain data, to be stored between runs. */
export interface RetrainingState {
  /** Address of the model in service. */
  readonly incumbent?: string
  /** The candidate beside it, and the losses of both on the forecasts made since. */
  readonly shadow?: {
    readonly address: string
    readonly candidate: readonly number[]
    readonly incumbent: readonly number[]
  }
  /** Models that were in service before, latest first. */
  readonly retired: readonly string[]
  /** When the last training began. */
  readonly trainedAt?: Timestamp
  /** A training is under way. */
  readonly isTraining: boolean
}

/** What happened. */
export type RetrainingEvent =
  | { readonly kind: 'passed'; readonly time: Timestamp }
  | { readonly kind: 'drifted'; readonly time: Timestamp; readonly what: string }
  | { readonly kind: 'trained'; readonly address: string }
  /** A training that gave nothing, such as one whose rows were all filtered out. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'matured'; readonly candidate: number; readonly incumbent: number }

/** What is to be done. */
export type RetrainingAction =
  | { readonly kind: 'train'; readonly from: Timestamp; readonly to: Timestamp; readonly because: string }
  | { readonly kind: 'shadow'; readonly address: string }
  /** Without a `test` it is the first model there is. The one in service retires by it, as a repository does. */
  | { readonly kind: 'promote'; readonly address: string; readonly test?: PairedResult }
  | { readonly kind: 'retire'; readonly address: string; readonly because: string }
  /** It is out of the models kept to go back to: whoever keeps files may delete them. A repository keeps it, retired. */
  | { readonly kind: 'forget'; readonly address: string }
  | { readonly kind: 'keep'; readonly because: string }

/** The next state and what is to be done to get there. */
export interface RetrainingStep {
  readonly state: RetrainingState
  readonly actions: readonly RetrainingAction[]
}

/** Nothing trained, nothing in service. */
export const noModelYet: RetrainingState = { retired: [], isTraining: false }

const defaults = {
  window: 180 * dayMs,
  retrainEvery: dayMs,
  lookEvery: 100,
  looks: 5,
  level: 0.05,
  horizonBars: 1,
} as const

/** Models kept to go back to. */
const retiredMax = 2

/**
 * The succession of a model as a pure function: state and event in, state and actions out.
 *
 * A training is due every `retrainEvery`, and at once on drift, unless one is under way or, without drift, a shadow is being judged. The first
 * model goes through shadow into service at once; a later one into shadow, where it replaces an unproven one. Every `lookEvery` matured forecasts the losses of shadow and incumbent
 * are compared by a one-sided paired test, at the level divided by the number of looks, so that all looks together promote an equal model with at most
 * that chance. What is not proven after the last look is retired. A failed training changes nothing: the incumbent stays.
 *
 * `shadow`, `promote` and `retire` are moves of a `ModelRepository` to the stages `shadow`, `live` and `retired`, in the order they come.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if the plan is out of range, the event is unknown or a loss is not finite.
 * @example
 * const { actions } = retraining(noModelYet, { kind: 'passed', time }, {})
 * actions[0].kind // => 'train'
 */
export function retraining(state: RetrainingState, event: RetrainingEvent, plan: RetrainingPlan = {}): RetrainingStep {
  const settings = { ...defaults, ...plan }
  checkPlan(settings)
  switch (event.kind) {
    case 'passed': {
      const isDue = state.trainedAt === undefined || event.time - state.trainedAt >= settings.retrainEvery
      return isDue && state.shadow === undefined
        ? train(state, event.time, 'schedule', settings)
        : { state, actions: [] }
    }
    case 'drifted':
      return train(state, event.time, `drift: ${event.what}`, settings)
    case 'trained':
      return admit(state, event.address)
    case 'failed':
      return { state: { ...state, isTraining: false }, actions: [{ kind: 'keep', because: `failed: ${event.reason}` }] }
    case 'matured':
      return judge(state, event, settings)
    default:
      throw new ConfigError(
        `There is no event "${String((event satisfies never as RetrainingEvent).kind)}" of retraining.`,
        {
          code: 'BAD_PARAMETER',
          hints: ['One of passed, drifted, trained, failed, matured.'],
        },
      )
  }
}

type Settings = Required<RetrainingPlan>

function train(state: RetrainingState, time: Timestamp, because: string, { window }: Settings): RetrainingStep {
  if (state.isTraining) return { state, actions: [] }
  return {
    state: { ...state, trainedAt: time, isTraining: true },
    actions: [{ kind: 'train', from: timestamp(time - window), to: time, because }],
  }
}

function admit({ shadow, ...state }: RetrainingState, address: string): RetrainingStep {
  const done = { ...state, isTraining: false }
  if (state.incumbent === undefined) {
    return {
      state: { ...done, incumbent: address },
      actions: [
        { kind: 'shadow', address },
        { kind: 'promote', address },
      ],
    }
  }
  return {
    state: { ...done, shadow: { address, candidate: [], incumbent: [] } },
    actions: [
      ...(shadow ? [{ kind: 'retire', address: shadow.address, because: 'replaced' } as const] : []),
      { kind: 'shadow', address },
    ],
  }
}

function judge(
  state: RetrainingState,
  event: Extract<RetrainingEvent, { kind: 'matured' }>,
  { lookEvery, looks, level, horizonBars }: Settings,
): RetrainingStep {
  if (state.shadow === undefined) return { state, actions: [] }
  if (!(Number.isFinite(event.candidate) && Number.isFinite(event.incumbent))) {
    throw new ConfigError(`Losses of "${event.candidate}" and "${event.incumbent}" cannot be compared.`, {
      code: 'BAD_PARAMETER',
      hints: ['Leave out forecasts that have no loss.'],
    })
  }
  const candidate = [...state.shadow.candidate, event.candidate]
  const incumbent = [...state.shadow.incumbent, event.incumbent]
  const shadow = { address: state.shadow.address, candidate, incumbent }
  if (candidate.length % lookEvery !== 0) return { state: { ...state, shadow }, actions: [] }
  const test = pairedTest({
    candidate: Float64Array.from(candidate),
    incumbent: Float64Array.from(incumbent),
    horizon: horizonBars,
    level: level / looks,
  })
  if (test.verdict === 'better') return promote(state, shadow.address, test)
  if (candidate.length < looks * lookEvery) return { state: { ...state, shadow }, actions: [] }
  const { shadow: _, ...rest } = state
  return { state: rest, actions: [{ kind: 'retire', address: shadow.address, because: 'not proven better' }] }
}

function promote({ shadow: _, ...state }: RetrainingState, address: string, test: PairedResult): RetrainingStep {
  const retired = [state.incumbent!, ...state.retired]
  return {
    state: { ...state, incumbent: address, retired: retired.slice(0, retiredMax) },
    actions: [
      { kind: 'promote', address, test },
      ...retired.slice(retiredMax).map((old) => ({ kind: 'forget', address: old }) as const),
    ],
  }
}

function checkPlan(settings: Settings): void {
  const wrong = (name: keyof Settings, hint: string): ConfigError =>
    new ConfigError(`${name} "${settings[name]}" of a retraining plan is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: [hint],
    })
  const { window, retrainEvery, lookEvery, looks, level, horizonBars } = settings
  if (!(Number.isSafeInteger(window) && window > 0)) throw wrong('window', 'Whole milliseconds above 0.')
  if (!(retrainEvery > 0 && retrainEvery < Number.POSITIVE_INFINITY)) throw wrong('retrainEvery', 'A duration above 0.')
  if (!(Number.isInteger(horizonBars) && horizonBars >= 1)) throw wrong('horizonBars', 'A whole number of bars from 1.')
  if (!(Number.isInteger(lookEvery) && lookEvery >= Math.max(100, 2 * horizonBars + 2))) {
    throw wrong('lookEvery', 'At least 100 forecasts, and more than twice the horizon.')
  }
  if (!(Number.isInteger(looks) && looks >= 1 && looks <= 20)) throw wrong('looks', 'A whole number from 1 to 20.')
  if (!(level > 0 && level < 0.5)) throw wrong('level', 'A chance between 0 and 0.5, such as 0.05.')
}
