import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError, nearest } from '@astertrade/core'

/** Constructor of one venue's client, as ccxt exports it; what it makes is decoded by `client.ts`. */
export type VenueClass = new (options: Readonly<Record<string, unknown>>) => unknown

/**
 * Loads the one file of ccxt that speaks to a venue: a tenth of a second, where the whole package costs seconds.
 *
 * ccxt exports nothing but its root, so the file is imported by URL. No other file of this package imports ccxt.
 *
 * @param from - File from which `ccxt` is looked up (default: this one).
 * @throws ConfigError with code `CCXT_MISSING` if ccxt is not installed, `UNKNOWN_VENUE` if it has no such venue.
 */
export async function loadVenue(id: string, from: string = import.meta.url): Promise<VenueClass> {
  const folder = venueFolder(from)
  const known = venuesIn(folder)
  if (!known.includes(id)) {
    const guess = nearest(id, known)
    throw new ConfigError(`Unknown venue ${JSON.stringify(id)}.`, {
      code: 'UNKNOWN_VENUE',
      hints: [
        `${guess === undefined ? '' : `Did you mean ${guess}? `}ccxt knows ${known.length} venues by their lower-case ids, such as binance.`,
      ],
    })
  }
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, `${id}.js`)).href)) as {
    default: VenueClass
  }
  return module.default
}

/**
 * Ids of all venues that the installed ccxt can speak to, in alphabetical order.
 *
 * @throws ConfigError with code `CCXT_MISSING` if ccxt is not installed.
 */
export function knownVenues(from: string = import.meta.url): readonly string[] {
  return venuesIn(venueFolder(from))
}

function venuesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.slice(0, -3))
    .sort()
}

function venueFolder(from: string): string {
  try {
    return join(dirname(dirname(createRequire(from).resolve('ccxt'))), 'js', 'src')
  } catch (cause) {
    throw new ConfigError('ccxt is not installed; it is what speaks to venues over REST.', {
      code: 'CCXT_MISSING',
      hints: ['npm install --save-exact ccxt@4.5.84'],
      cause,
    })
  }
}
