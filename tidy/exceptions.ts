/** Files named after what they gather, with the reason; every other file is named after its main export. */
export const catalogues: Readonly<Record<string, string>> = {
  'packages/core/src/elementary.ts': 'the elementary functions that engines round differently',
  'packages/core/src/errors.ts': 'the error classes that all packages share',
  'packages/core/src/events.ts': 'the union of events and its members',
  'packages/core/src/order.ts': 'the order and its life cycle',
  'packages/core/src/time.ts': 'timestamps and durations',
  'packages/core/src/data/corruption/repetition.ts': 'what repeats itself: a frozen feed and an echo',
  'packages/core/src/data/csv/fileErrors.ts': 'the errors that a file as a whole can give',
  'packages/core/src/data/csv/settle.ts': 'what becomes of rows before they are handed out',
  'packages/core/src/data/pipeline.ts': 'the stages in order, as one call and as a list',
  'packages/core/src/stats/moments.ts': 'mean, variance, skewness, kurtosis: the moments of a sample',
  'packages/indicators/src/smoothing.ts': 'the exponential averages that indicators are composed of',
}

/** Files that ship or drive a bench and have more than 250 lines, with the reason; the hard limit is theirs too. */
export const longerFiles: Readonly<Record<string, string>> = {
  'packages/core/src/backtest/simVenue.ts': 'one state machine: what is queued, met and said shares private state',
  'packages/core/src/backtest/tradeLog.ts': 'fills and round trips are columns of one log',
  'packages/core/src/elementary.ts': 'the elementary functions share their constants and splittings',
  'packages/core/src/engine/kernel.ts': 'the state of the engine and the dispatch of its events',
  'packages/indicators/bench/streamJobs.ts': 'a table: one row per indicator',
  'packages/risk/src/codes.ts': 'a table: one row per code',
}

/** The files and folders that may mint a branded primitive with `as`, with the names they may mint. */
export const mints: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src/instrument.ts': ['InstrumentId', 'Price', 'Quantity', 'Money'],
  'packages/core/src/bar.ts': ['InstrumentId'],
  'packages/core/src/order.ts': ['OrderId'],
  // The log keeps ids in a column of doubles.
  'packages/core/src/backtest/tradeLog.ts': ['OrderId'],
  // Exact arithmetic on bigints, which is money again.
  'packages/core/src/money.ts': ['Money'],
  'packages/core/src/limbs.ts': ['Money'],
  'packages/core/src/ledger.ts': ['Money'],
  'packages/core/src/backtest/fees.ts': ['Money'],
  'packages/core/src/engine/control.ts': ['Money'],
  // Core computes with times and keeps them in columns; every other package is given its timestamps.
  'packages/core/src/': ['Timestamp'],
}

/** Source files that a string names and no import reaches, with what starts them. */
export const startedByName: Readonly<Record<string, string>> = {
  'packages/runner/src/train/trainWorker.ts': 'the code of a thread, started by trainInThread.ts',
}
