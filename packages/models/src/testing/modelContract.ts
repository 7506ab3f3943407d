import { type ConfigError, invariant, type MarketEvent } from '@astertrade/core'
import type { ContractCheck } from '@astertrade/core/testing'
import type { FeatureRow, Model, Prediction } from '../model.js'

/** One moment: what the market said, if the model lives on events, and then the row it is asked with. */
export interface ModelStep {
  readonly event?: MarketEvent
  readonly row: FeatureRow
}

/** What `modelContract` takes. */
export interface ModelContractOptions {
  /** Makes the model under test, fresh each time. */
  create(): Model
  /** Moments in time order, long enough for it to forecast in the first half. */
  readonly steps: readonly ModelStep[]
}

/**
 * The contract of a model as named checks for any test runner: no look-ahead, equal inputs give equal answers, snapshots and
 * clones continue, bad input makes it abstain, and answers stay in range.
 *
 * @example
 * const steps = bars.map((bar) => ({ event: bar, row: askAt(bar.time) }))
 * for (const check of modelContract({ create: () => trendFollowing(), steps })) it(check.name, () => check.run())
 */
export function modelContract({ create, steps }: ModelContractOptions): readonly ContractCheck[] {
  const checks: ContractCheck[] = [
    { name: 'forecasts at least once in each half', run: () => speaks(create, steps) },
    { name: 'keeps directions, confidences and horizons in range', run: () => inRange(create, steps) },
    { name: 'is cold before its warm-up', run: () => coldFirst(create, steps) },
    { name: 'gives the same answers for the same inputs', run: () => repeats(create, steps) },
    { name: 'says the same at a time whatever comes later', run: () => noLookAhead(create, steps) },
    { name: 'is not changed by being asked', run: () => askingIsFree(create, steps) },
    { name: 'keeps no event and no row beyond the call', run: () => keepsNothing(create, steps) },
    { name: 'continues from a snapshot and as a clone', run: () => continues(create, steps) },
    { name: 'refuses a foreign snapshot and stays as it is', run: () => refusesForeign(create, steps) },
  ]
  if (steps.some(hasFigures)) {
    checks.push({ name: 'abstains on what is no number, and heals', run: () => abstainsOnNaN(create, steps) })
  }
  if (create().schema !== '') {
    checks.push({ name: 'abstains on features of another schema', run: () => foreignSchema(create, steps) })
  }
  return checks
}

function play(model: Model, steps: readonly ModelStep[]): Prediction[] {
  return steps.map(({ event, row }) => {
    if (event) model.update?.(event)
    return model.predict(row)
  })
}

function halfOf(steps: readonly ModelStep[]): number {
  return Math.floor(steps.length / 2)
}

function same(what: string, a: readonly Prediction[], b: readonly Prediction[]): void {
  const differs = a.findIndex((prediction, index) => JSON.stringify(prediction) !== JSON.stringify(b[index]))
  invariant(
    differs === -1 && a.length === b.length,
    `${what}: at step ${differs} ${JSON.stringify(a[differs])} became ${JSON.stringify(b[differs])}.`,
  )
}

function speaks(create: () => Model, steps: readonly ModelStep[]): void {
  const answers = play(create(), steps)
  const forecasts = (part: readonly Prediction[]): boolean => part.some((answer) => answer.kind === 'forecast')
  const half = halfOf(steps)
  invariant(
    forecasts(answers.slice(0, half)) && forecasts(answers.slice(half)),
    `The model never forecasts in one half of ${steps.length} steps: give \`steps\` in which it does.`,
  )
}

function inRange(create: () => Model, steps: readonly ModelStep[]): void {
  for (const answer of play(create(), steps)) {
    invariant(answer.reason.length > 0, `No reason in ${JSON.stringify(answer)}.`)
    if (answer.kind === 'abstain') continue
    const { direction, confidence, horizon } = answer
    invariant(direction >= -1 && direction <= 1, `Direction "${direction}" is not from -1 to 1.`)
    invariant(confidence >= 0 && confidence <= 1, `Confidence "${confidence}" is not from 0 to 1.`)
    invariant(Number.isSafeInteger(horizon) && horizon > 0, `Horizon "${horizon}" is no positive number of ms.`)
  }
}

function coldFirst(create: () => Model, steps: readonly ModelStep[]): void {
  const model = create()
  const early = play(model, steps.slice(0, model.warmup - 1))
  const warm = early.find((answer) => answer.kind !== 'abstain' || answer.code !== 'cold')
  invariant(warm === undefined, `Before its warm-up of ${model.warmup} it said ${JSON.stringify(warm)}.`)
}

function repeats(create: () => Model, steps: readonly ModelStep[]): void {
  same('A second run', play(create(), steps), play(create(), steps))
}

function noLookAhead(create: () => Model, steps: readonly ModelStep[]): void {
  const half = halfOf(steps)
  const other = [...steps.slice(0, half), ...steps.slice(half).map(disturb)]
  const [as, bs] = [play(create(), steps), play(create(), other)]
  same('Another future', as.slice(0, half), bs.slice(0, half))
  invariant(
    JSON.stringify(as) !== JSON.stringify(bs),
    'Another future changes no answer at all: the model ignores its input.',
  )
}

function askingIsFree(create: () => Model, steps: readonly ModelStep[]): void {
  const [quiet, asked] = [create(), create()]
  for (const [index, step] of steps.entries()) {
    if (step.event) {
      quiet.update?.(step.event)
      asked.update?.(step.event)
    }
    const first = asked.predict(step.row)
    same('Asking twice', [first], [asked.predict(step.row)])
    if (index % 97 === 0) same('Asking seldom', [first], [quiet.predict(step.row)])
  }
}

function keepsNothing(create: () => Model, steps: readonly ModelStep[]): void {
  const model = create()
  const shared = new Float64Array(steps[0]?.row.values.length ?? 0)
  const answers = steps.map(({ event, row }) => {
    if (event) {
      const lent = lend(event)
      model.update?.(lent.event)
      lent.takeBack()
    }
    shared.set(row.values)
    const answer = model.predict({ ...row, values: shared })
    shared.fill(Number.NaN)
    return answer
  })
  same('Lending', play(create(), steps), answers)
}

function continues(create: () => Model, steps: readonly ModelStep[]): void {
  const whole = play(create(), steps)
  for (const cut of [0, 1, halfOf(steps), steps.length - 1]) {
    const model = create()
    play(model, steps.slice(0, cut))
    const restored = create()
    restored.restore(model.snapshot())
    const clone = model.clone()
    const rest = steps.slice(cut)
    const asked = steps.slice(Math.max(0, cut - 1), cut).map(({ row }) => row)
    for (const copy of [restored, clone]) {
      const ask = (of: Model): Prediction[] => asked.map((row) => of.predict(row))
      same(`A copy asked at step ${cut - 1}`, ask(model), ask(copy))
    }
    same(`A snapshot at step ${cut}`, whole.slice(cut), play(restored, rest))
    same(`A clone at step ${cut}`, whole.slice(cut), play(clone, rest))
    same(`The original of a clone at step ${cut}`, whole.slice(cut), play(model, rest))
  }
}

function refusesForeign(create: () => Model, steps: readonly ModelStep[]): void {
  const half = halfOf(steps)
  const model = create()
  play(model, steps.slice(0, half))
  const own = model.snapshot()
  for (const foreign of [
    new Float64Array(0),
    Float64Array.of(1, 2, 3),
    own.slice(0, -1),
    own.map((value) => value + 1),
  ]) {
    let code: unknown
    try {
      model.restore(foreign)
    } catch (error) {
      code = (error as ConfigError).code
    }
    invariant(typeof code === 'string', `It took a foreign snapshot of ${foreign.length} numbers.`)
  }
  same('A refused snapshot', play(create(), steps).slice(half), play(model, steps.slice(half)))
}

function abstainsOnNaN(create: () => Model, steps: readonly ModelStep[]): void {
  const spoken = play(create(), steps).findIndex((answer) => answer.kind === 'forecast')
  const bad = steps.map((step, index) => (index === spoken ? spoil(step) : step))
  const answers = play(create(), bad)
  const answer = answers[spoken]!
  invariant(answer.kind === 'abstain', `With NaN at step ${spoken} it said ${JSON.stringify(answer)}.`)
  const heals = answers.slice(spoken + 1).some((later) => later.kind === 'forecast')
  invariant(heals, 'After one NaN it never forecasts again.')
}

function foreignSchema(create: () => Model, steps: readonly ModelStep[]): void {
  for (const answer of play(
    create(),
    steps.map((step) => ({ ...step, row: { ...step.row, schema: 'foreign' } })),
  )) {
    invariant(answer.kind === 'abstain', `On another schema it said ${JSON.stringify(answer)}.`)
  }
}

const isFigure = (name: string, value: unknown): value is number =>
  typeof value === 'number' && !['time', 'slot', 'sequence'].includes(name)

function mapFigures<T extends object>(object: T, change: (value: number) => number): T {
  const entries = Object.entries(object).map(([name, value]) => [name, isFigure(name, value) ? change(value) : value])
  return Object.fromEntries(entries) as T
}

function mapStep({ event, row }: ModelStep, change: (value: number) => number): ModelStep {
  const changed = { row: { ...row, values: row.values.map(change) } }
  return event ? { ...changed, event: mapFigures(event, change) } : changed
}

function disturb(step: ModelStep, index: number): ModelStep {
  const changed = mapStep(step, (value) => value * (index % 2 === 0 ? 1.5 : 0.75))
  if (step.event?.kind !== 'headline') return changed
  return { ...changed, event: { ...step.event, text: `Shares crash ${step.event.text}` } }
}

/** Headlines have no figures, and a row that only asks has none either. */
function hasFigures({ event, row }: ModelStep): boolean {
  return row.values.length > 0 || (event !== undefined && event.kind !== 'headline')
}

function spoil(step: ModelStep): ModelStep {
  return mapStep(step, () => Number.NaN)
}

function lend(event: MarketEvent): { event: MarketEvent; takeBack(): void } {
  let lent = true
  const guard = new Proxy(event, {
    get(object, name) {
      invariant(lent, `The model read "${String(name)}" of an event after the call that lent it.`)
      return Reflect.get(object, name)
    },
  })
  const takeBack = (): void => {
    lent = false
  }
  return { event: guard, takeBack }
}
