import { ConfigError, nearest } from '@astertrade/core'

/**
 * Refuses options that are no object, or one that does not exist, and names the nearest that does.
 *
 * @throws ConfigError with code `BAD_OPTIONS` or `UNKNOWN_OPTION`.
 */
export function checkOptionNames(rule: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ConfigError(`Options of ${rule} are "${String(options)}", no object.`, {
      code: 'BAD_OPTIONS',
      hints: [`Write ${rule}({ ${known[0] ?? ''}: … }). Options: ${known.join(', ')}.`],
    })
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const close = nearest(name, known)
    throw new ConfigError(`${rule} has no option "${name}".`, {
      code: 'UNKNOWN_OPTION',
      hints: [...(close ? [`Did you mean "${close}"?`] : []), `Options: ${known.join(', ')}.`],
    })
  }
}

/**
 * Refuses a value that is not one of a few words.
 *
 * @throws ConfigError with code `BAD_PARAMETER`.
 */
export function checkOptionChoice<Choice extends string>(
  name: string,
  value: Choice,
  choices: readonly Choice[],
): Choice {
  if (choices.includes(value)) return value
  throw new ConfigError(`${name} ${JSON.stringify(value)} is not one of ${choices.join(', ')}.`, {
    code: 'BAD_PARAMETER',
    hints: [`Write ${choices.map((choice) => `'${choice}'`).join(' or ')}.`],
  })
}
