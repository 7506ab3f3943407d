import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '@astertrade/core'
import { missingFile } from './missingFile.js'

/**
 * Asserts that there is something at each path.
 *
 * @throws ConfigError `NO_FILE`, naming the neighbour that is most like it; `NO_DATA_GIVEN` if there is no path.
 */
export function requirePaths(paths: readonly string[], folder: string): void {
  if (paths.length === 0) {
    throw new ConfigError('No data was given.', {
      code: 'NO_DATA_GIVEN',
      hints: ['One file, several, or a folder: --data data/BTCUSD_1h.csv.gz'],
    })
  }
  for (const path of paths) {
    const absolute = resolve(folder, path)
    if (!existsSync(absolute)) throw missingFile(path, absolute, 'Data')
  }
}
