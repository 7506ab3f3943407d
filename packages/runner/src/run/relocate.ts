import { isAbsolute, relative, resolve, sep } from 'node:path'
import { isStrategyPath } from '../strategy/strategyReference.js'
import type { RunSettings } from './runSettings.js'

/**
 * Settings whose paths start from another folder: what is told relative to `from` is told relative to `to`. A run's folder so
 * finds its strategy and data wherever the project lies.
 */
export function relocate(
  settings: RunSettings,
  { from, to }: { readonly from: string; readonly to: string },
): RunSettings {
  const moved = (path: string): string => {
    const seen = relative(to, resolve(from, path)).split(sep).join('/')
    return seen.startsWith('.') || isAbsolute(seen) ? seen : `./${seen}`
  }
  const { strategy, market } = settings
  return {
    ...settings,
    strategy: {
      ...strategy,
      ...(isStrategyPath(strategy.name) ? { name: moved(strategy.name) } : {}),
      ...(strategy.models
        ? { models: strategy.models.map((model) => ({ ...model, folder: moved(model.folder) })) }
        : {}),
    },
    market: market.kind === 'files' ? { ...market, paths: market.paths.map(moved) } : market,
  }
}
