import { ConfigError, type RiskMemory } from '@astertrade/core'

/** Nothing about equity or time changes what only facts change. */
const noAlarm = { below: Number.NEGATIVE_INFINITY, above: Number.POSITIVE_INFINITY, at: Number.POSITIVE_INFINITY }

/** A memory that changes by noted facts alone: `next` takes each with its time, as plain data that may lack anything. */
export function factMemory<State>(
  name: string,
  start: State,
  next: (state: State, fact: Readonly<Record<string, unknown>>) => State,
): RiskMemory<State> & { readonly hear: NonNullable<RiskMemory<State>['hear']> } {
  return {
    name,
    start: () => start,
    next: (state) => state,
    alarm: () => noAlarm,
    hear: (state, { time, fact }) => next(state, { ...read(name, fact), time }),
  }
}

function read(name: string, fact: string): object {
  try {
    const value: unknown = JSON.parse(fact)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Told apart below: what is no JSON is no object either.
  }
  throw new ConfigError(`A fact for "${name}" is no JSON object: ${JSON.stringify(fact.slice(0, 80))}.`, {
    code: 'BAD_FACT',
    hints: ['Make the event with noted().'],
  })
}
