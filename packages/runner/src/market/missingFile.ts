import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConfigError, nearest } from '@astertrade/core'

/**
 * The error for a path that leads nowhere: it names the neighbour that is most like it.
 *
 * @param name - The path as the user wrote it.
 * @param path - The same, absolute.
 * @param what - What was expected there, for the message.
 */
export function missingFile(name: string, path: string, what: string): ConfigError {
  const [wanted, there] = [basename(path), neighbours(dirname(path))]
  // An ending that was left out is further away than any misspelling.
  const guess = there.find((other) => other.startsWith(`${wanted}.`)) ?? nearest(wanted, there)
  const folder = dirname(name)
  return new ConfigError(`${what} "${name}" does not exist.`, {
    code: 'NO_FILE',
    hints: [
      guess
        ? `Did you mean "${folder === '.' ? guess : join(folder, guess)}"?`
        : `A path is relative to the folder that the program was started in.`,
    ],
  })
}

function neighbours(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
