import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as core from '@astertrade/core'
import * as backtest from '@astertrade/core/backtest'
import * as data from '@astertrade/core/data'
import * as stats from '@astertrade/core/stats'
import * as exchanges from '@astertrade/exchanges'
import * as tape from '@astertrade/exchanges/tape'
import * as indicators from '@astertrade/indicators'
import * as models from '@astertrade/models'
import * as risk from '@astertrade/risk'
import { createJiti } from 'jiti'

/** The runner's own copies, for strategies that lie outside any `node_modules`. */
const ownPackages: Readonly<Record<string, unknown>> = {
  '@astertrade/core': core,
  '@astertrade/core/backtest': backtest,
  '@astertrade/core/data': data,
  '@astertrade/core/stats': stats,
  '@astertrade/exchanges': exchanges,
  '@astertrade/exchanges/tape': tape,
  '@astertrade/indicators': indicators,
  '@astertrade/models': models,
  '@astertrade/risk': risk,
}

/**
 * Runs a module of a user and gives its exports: JavaScript by Node itself, TypeScript by jiti, which strips types in memory.
 *
 * In TypeScript `@astertrade/…` is the runner's own copy, wherever the file lies; so it is in JavaScript that has no
 * copy of its own to find. Whatever the module throws passes through.
 *
 * @param version - Tells the file's contents apart: a file that has changed is run anew, not taken from the cache of modules.
 */
export async function strategyModule(path: string, version: string): Promise<Readonly<Record<string, unknown>>> {
  if (extname(path).endsWith('ts')) return transpiled(path)
  try {
    return (await import(/* @vite-ignore */ `${pathToFileURL(path).href}?${version}`)) as Record<string, unknown>
  } catch (error) {
    if (!lacksOwnPackage(error)) throw error
    return transpiled(path)
  }
}

async function transpiled(path: string): Promise<Readonly<Record<string, unknown>>> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    sourceMaps: true,
    virtualModules: { ...ownPackages },
  })
  return jiti.import<Record<string, unknown>>(path)
}

function lacksOwnPackage(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
  return isMissing && /'@astertrade\//.test(message)
}
