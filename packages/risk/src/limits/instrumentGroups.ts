import type { Instrument, RiskView } from '@astertrade/core'

/** Divides the instruments of a view into groups, and again only when they are others: those of an engine stay. */
export function instrumentGroups(
  divide: (instruments: readonly Instrument[]) => readonly (readonly Instrument[])[],
): (view: RiskView) => readonly (readonly Instrument[])[] {
  let divided: readonly Instrument[] | undefined
  let groups: readonly (readonly Instrument[])[] = []
  return ({ instruments }) => {
    if (instruments !== divided) {
      groups = divide(instruments)
      divided = instruments
    }
    return groups
  }
}
