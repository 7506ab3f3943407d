import { RuleError } from '../ruleError.js'
import type { Kernel } from './kernel.js'
import { StrategyError } from './strategyError.js'

/** Runs the engine; an error that arises while a strategy is asked names it and the time. */
export function blaming(kernel: Kernel, play: () => void): void {
  try {
    play()
  } catch (error) {
    if (kernel.asking === undefined || error instanceof RuleError) throw error
    throw new StrategyError(kernel.asking.name, kernel.now, error)
  }
}
