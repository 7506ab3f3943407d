import type { EngineOptions } from '../engine.js'
import { ConfigError } from '../errors.js'
import { exposureSizer } from '../exposureSizer.js'
import { createLedger } from '../ledger.js'
import { type Money, money } from '../money.js'
import { builtInRule } from './builtInRule.js'
import { createStrategy } from './createStrategy.js'
import { createDefaultStop } from './defaultStop.js'
import { Kernel } from './kernel.js'
import type { FillObserver } from './observer.js'
import { createRiskView } from './riskView.js'
import { createBook, createSlot, type StrategyState } from './state.js'
import { createStrategyView } from './strategyView.js'
import { startMemories } from './trips.js'

/** The options of an engine whose observer may hear of fills. */
export interface KernelOptions extends EngineOptions {
  readonly observer?: FillObserver
}

/** Checks the options and builds the engine's state. */
export function createKernel(options: KernelOptions): Kernel {
  checkOptions(options)
  const {
    instruments,
    strategies,
    rules = [],
    sizer = exposureSizer,
    targets = 'atDecision',
    observer = {},
    endedKept = 4096,
  } = options
  if (!(Number.isInteger(endedKept) && endedKept >= 1))
    throw new ConfigError(`endedKept "${endedKept}" is not an integer ≥ 1.`, { code: 'BAD_PARAMETER' })
  const cash = positiveCash(options.cash)
  const slots = instruments.map((instrument, index) => createSlot(instrument, index))
  const kernel: Kernel = new Kernel({
    slots,
    ledger: createLedger(strategies.length * slots.length, cash),
    rules: [builtInRule(() => kernel), ...rules],
    sizer,
    targets,
    costs: options.costs ?? 0,
    defaultStop: createDefaultStop(options.defaultStop ?? 'none', slots.length),
    observer,
    endedKept,
  })
  kernel.riskView = createRiskView(kernel)
  for (const [index, { strategy, params, allocation }] of strategies.entries()) {
    const state: StrategyState = {
      index,
      name: strategy.name,
      allocation,
      strategy: createStrategy(strategy, params),
      view: createStrategyView(kernel, index, allocation),
      books: [],
    }
    for (const slot of slots) state.books.push(createBook(state, slot, index * slots.length + slot.index))
    kernel.strategies.push(state)
  }
  kernel.memories = startMemories(kernel.rules, kernel.riskView)
  return kernel
}

function positiveCash(text: string): Money {
  const cash = money(text)
  if (cash > 0n) return cash
  throw new ConfigError(`Cash "${text}" is not above 0.`, {
    code: 'BAD_PARAMETER',
    hints: ["Decimal text such as '10000'."],
  })
}

function checkOptions({ instruments, strategies }: EngineOptions): void {
  if (instruments.length === 0)
    throw new ConfigError('An engine needs at least one instrument.', { code: 'NO_INSTRUMENT' })
  if (strategies.length === 0) throw new ConfigError('An engine needs at least one strategy.', { code: 'NO_STRATEGY' })
  checkUnique(
    'instruments',
    instruments.map(({ id }) => id),
  )
  checkUnique(
    'strategies',
    strategies.map(({ strategy }) => strategy.name),
  )
  let sum = 0
  for (const { strategy, allocation } of strategies) {
    if (!(allocation > 0 && allocation <= 1)) {
      throw new ConfigError(
        `The allocation "${allocation}" of strategy "${strategy.name}" is not a ratio from 0 to 1.`,
        { code: 'BAD_ALLOCATION' },
      )
    }
    sum += allocation
  }
  if (sum > 1 + 1e-12) {
    throw new ConfigError(`The allocations sum to "${sum}".`, {
      code: 'BAD_ALLOCATION',
      hints: ['Shares of one account sum to at most 1.'],
    })
  }
}

function checkUnique(nouns: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new ConfigError(`Two of the ${nouns} are called "${twice}".`, { code: 'DUPLICATE_NAME' })
}
