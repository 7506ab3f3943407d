import { type Bars, barColumns } from '../bar.js'
import { ConfigError } from '../errors.js'
import { quoted } from '../quoted.js'

/**
 * Takes one series of bars or several, as a list.
 *
 * @throws ConfigError with code `BAD_DATA` if what is given is something else.
 */
export function seriesOf(data: unknown): readonly Bars[] {
  const list: readonly unknown[] = Array.isArray(data) ? data : [data]
  for (const bars of list) checkIsBars(bars)
  return list as readonly Bars[]
}

/**
 * Checks that a value has the columns of a series.
 *
 * @throws ConfigError with code `BAD_DATA`.
 */
export function checkIsBars(given: unknown): asserts given is Bars {
  const value = (given ?? {}) as Readonly<Record<string, unknown>>
  if (typeof value.length === 'number' && barColumns.every((name) => ArrayBuffer.isView(value[name]))) return
  const hint =
    value.bars === undefined
      ? 'parseCsv(bytes, { instrument }).bars, or barsOf(list, interval).'
      : 'parseCsv answers { bars, issues }: give its bars.'
  throw new ConfigError(`Option data is ${quoted(given)}, no bars.`, { code: 'BAD_DATA', hints: [hint] })
}
