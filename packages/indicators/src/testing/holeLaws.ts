import {
  advance,
  type ContractCheck,
  type ContractSubject,
  createSubject,
  holds,
  inputOf,
  sameBits,
  streamRows,
} from './contractSubject.js'
import { isNear } from './near.js'
import { hole, inputsUntilReady, walk } from './walk.js'

/** The laws of inputs that are not finite: they count for nothing, and heal or poison. */
export function holeLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    { name: 'counts finite inputs only towards readiness', run: () => checkReadiness(subject) },
    subject.holes === 'poison'
      ? { name: 'stays NaN after an input that is not finite', run: () => checkPoison(subject) }
      : { name: healingName(subject), run: () => checkHealing(subject) },
    { name: 'takes a field that is missing for one that is not finite', run: () => checkMissing(subject) },
  ]
}

function healingName({ definition }: ContractSubject): string {
  const name = 'recovers from an input that is not finite within warmup inputs'
  const reason = definition.exceptions?.hole
  return reason === undefined
    ? `${name}, as if that had never come`
    : `${name}, but not as if that had never come: ${reason}`
}

function checkReadiness(subject: ContractSubject): void {
  const stream = createSubject(subject)
  const { warmup } = stream
  const bars = walk(inputsUntilReady(subject))
  const exact = subject.warmup !== 'nominal'
  const needed = exact ? warmup : 1 + streamRows(subject, bars).findIndex((row) => row.every(Number.isFinite))
  for (let count = 0; count < 3; count++) advance(subject, stream, hole)
  for (const bar of bars.slice(0, needed - 1)) advance(subject, stream, bar)
  holds(!stream.isReady, 'inputs that are not finite counted towards readiness')
  advance(subject, stream, bars[needed - 1]!)
  holds(stream.isReady, `not ready after "${needed}" finite inputs that followed 3 others`)
  holds(stream.samples === needed + 3, `samples is "${stream.samples}", not the number of calls`)
}

function checkHealing(subject: ContractSubject): void {
  const { definition } = subject
  const { warmup } = createSubject(subject)
  const within = subject.warmup === 'nominal' ? inputsUntilReady(subject) : warmup
  const clean = walk(2 * warmup + within + 20)
  const isAlike = definition.exceptions?.hole === undefined
  let differing = 0
  for (let at = 0; at < 2 * warmup + 10; at++) {
    const rows = streamRows(subject, [...clean.slice(0, at), hole, ...clean.slice(at)]).slice(at + within + 1)
    const late = rows.flat()
    holds(late.length > 0 && late.every(Number.isFinite), `not finite "${within}" inputs after a hole at "${at}"`)
    const expected = streamRows(subject, clean)
      .slice(at + within)
      .flat()
    for (const [index, value] of late.entries()) {
      if (isNear([value, expected[index]!], { scale: 1, tolerance: 1e-9 })) continue
      holds(!isAlike, `a value is "${value}" after a hole at "${at}", expected "${expected[index]}"`)
      differing++
    }
  }
  holds(isAlike || differing > 0, 'it goes on after a hole as if that had never come, and says that it does not')
}

function checkPoison(subject: ContractSubject): void {
  const { warmup } = createSubject(subject)
  const clean = walk(3 * warmup + 20)
  // From the third bar on every average has an input; what comes before the first one is ignored.
  for (let at = 2; at < 2 * warmup + 10; at++) {
    const rows = streamRows(subject, [...clean.slice(0, at), hole, ...clean.slice(at)])
    holds(rows.slice(at).flat().every(Number.isNaN), `an output has a value after a hole at "${at}"`)
  }
}

/** What is undefined is not a number for the compiler, and does in JavaScript what `NaN` does. */
function checkMissing(subject: ContractSubject): void {
  const { definition } = subject
  const { warmup } = createSubject(subject)
  const bars = walk(inputsUntilReady(subject) + 20)
  for (const field of definition.inputs) {
    const [stream, expected] = [createSubject(subject), createSubject(subject)]
    let compared = 0
    for (const [index, bar] of bars.entries()) {
      const at = index === 2 || index === warmup + 3 ? 'missing' : 'present'
      const given = at === 'missing' ? { ...bar, [field]: undefined as unknown as number } : bar
      const wanted = at === 'missing' ? { ...bar, [field]: Number.NaN } : bar
      sameBits([stream.peek(inputOf(definition, given))], [expected.peek(inputOf(definition, wanted))], `peek ${index}`)
      const values = advance(subject, stream, given)
      compared += sameBits(values, advance(subject, expected, wanted), `bar ${index}, some without ${field}`)
      if (at === 'missing') sameBits(stream.clone().snapshot(), expected.snapshot(), `snapshot without ${field}`)
    }
    holds(compared > 0 || subject.holes === 'poison', 'no value was compared')
  }
}
