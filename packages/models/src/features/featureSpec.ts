import { ConfigError, nearest } from '@astertrade/core'
import { type FeatureColumns, registry } from '@astertrade/indicators'

/** A family of features: indicators made stationary, the bar itself, or the hour and day in UTC. */
export type FeatureGroup = 'indicators' | 'bar' | 'calendar'

/** Which features a row has, as plain data that an artifact can keep. */
export interface FeatureSpec {
  /** Ids of the registry, in their order. */
  readonly indicators: readonly string[]
  readonly columns: FeatureColumns
  readonly groups: readonly FeatureGroup[]
}

/** What a feature row may be made of; what is left out is the default. */
export interface FeatureOptions {
  /** Ids of the registry (default all 41). */
  readonly indicators?: readonly string[]
  /** The primary output of each indicator (default), or all of them. */
  readonly columns?: FeatureColumns
  /** Families of features (default all). */
  readonly groups?: readonly FeatureGroup[]
}

const groups: readonly FeatureGroup[] = ['indicators', 'bar', 'calendar']

/**
 * Completes a choice of features with its defaults: all 41 indicators, their primary outputs, the bar and the calendar.
 *
 * @throws ConfigError `BAD_PARAMETER` if an indicator, a group or a choice of columns is not known, twice there, or nothing is left.
 * @example
 * featureSpec({ indicators: ['rsi'], groups: ['indicators'] })
 * // => { indicators: ['rsi'], columns: 'primary', groups: ['indicators'] }
 */
export function featureSpec(options: FeatureOptions = {}): FeatureSpec {
  const known = registry.all().map(({ id }) => id)
  const { columns = 'primary' } = options
  const chosen = checked('groups', options.groups ?? groups, groups)
  const wanted = chosen.includes('indicators') ? checked('indicators', options.indicators ?? known, known) : []
  checked('columns', [columns], ['primary', 'all'])
  return { indicators: wanted, columns, groups: groups.filter((group) => chosen.includes(group)) }
}

function checked<Name extends string>(option: string, given: readonly Name[], known: readonly Name[]): readonly Name[] {
  const bad = (text: string, hint: string): ConfigError =>
    new ConfigError(`Option "${option}" of features ${text}.`, { code: 'BAD_PARAMETER', hints: [hint] })
  if (!Array.isArray(given) || given.length === 0) throw bad('is empty', `Known are ${known.join(', ')}.`)
  for (const [index, name] of given.entries()) {
    if (!known.includes(name)) {
      const near = nearest(String(name), known)
      throw bad(
        `has "${String(name)}"`,
        near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${near}?`,
      )
    }
    if (given.indexOf(name) !== index) throw bad(`has "${name}" twice`, 'Give each once.')
  }
  return given
}
