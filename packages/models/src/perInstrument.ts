import type { InstrumentId } from '@astertrade/core'

/** Keeps a state for each instrument, made when it is first seen; a run with one instrument looks nothing up. */
export function perInstrument<State>(create: (instrument: InstrumentId) => State): (instrument: InstrumentId) => State {
  const states = new Map<InstrumentId, State>()
  let last: InstrumentId | undefined
  let state: State | undefined
  return (instrument) => {
    if (instrument === last) return state as State
    state = states.get(instrument)
    if (state === undefined) {
      state = create(instrument)
      states.set(instrument, state)
    }
    last = instrument
    return state
  }
}
