import { ConfigError } from '@astertrade/core'

/**
 * Asserts that options without a default were given. Commander would ask for them before it looks at misspelt ones, and so hide
 * what is really wrong.
 *
 * @param example - A command line that would have worked.
 * @throws ConfigError `USAGE`.
 */
export function requireOptions(options: object, names: readonly string[], example: string): void {
  const missing = names.filter((name) => (options as Readonly<Record<string, unknown>>)[name] === undefined)
  if (missing.length === 0) return
  throw new ConfigError(`${missing.map((name) => `--${name}`).join(' and ')} must be given.`, {
    code: 'USAGE',
    hints: [`Such as ${example}`],
  })
}
