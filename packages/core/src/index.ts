export {
  type Bar,
  type BarColumn,
  type BarCursor,
  type BarMemory,
  type Bars,
  barColumns,
  barsOf,
  createBars,
  cursor,
  sliceBars,
  snapshotBar,
} from './bar.js'
export { type BracketOptions, bracket } from './bracket.js'
export type { Brand } from './brand.js'
export { type BuyingPowerOptions, buyingPower } from './buyingPower.js'
export { canonicalJson } from './canonicalJson.js'
export type { Command } from './command.js'
export { type Crossover, crossover } from './crossover.js'
export { exp, log, normalCdf, normalQuantile, pow } from './elementary.js'
export type { DefaultStopOptions } from './engine/defaultStop.js'
export type { EngineObserver, EquityRows } from './engine/observer.js'
export { StrategyError } from './engine/strategyError.js'
export { createEngine, type Engine, type EngineOptions, type StrategyAllocation } from './engine.js'
export { BaseError, ConfigError, type ErrorOptions, InvariantError, invariant } from './errors.js'
export type {
  ControlEvent,
  Event,
  MarketEvent,
  Mode,
  Opening,
  OrderEvent,
  OrderRejected,
  OrderUpdate,
} from './events.js'
export { exposureSizer } from './exposureSizer.js'
export type { Fill, Liquidity } from './fill.js'
export { type BarsHasher, createBarsHasher, hashBars } from './hashBars.js'
export { createHasher, type Hasher } from './hasher.js'
export type { Headline } from './headline.js'
export {
  defineInstrument,
  type Grid,
  type Instrument,
  type InstrumentId,
  type InstrumentOptions,
  type Price,
  type Quantity,
  type Rounding,
} from './instrument.js'
export {
  decodeEntry,
  encodeEntry,
  type JournalCommand,
  type JournalContent,
  type JournalEntry,
  type JournalEvent,
} from './journal.js'
export { journalCommand } from './journalCommand.js'
export { JournalError, type JournalErrorOptions } from './journalError.js'
export type { Books } from './ledger.js'
export { formatMoney, type Money, money, moneyScale, moneyToNumber, scaleBy } from './money.js'
export { nearest } from './nearest.js'
export { onInterval } from './onInterval.js'
export {
  isTerminal,
  type OrderGroup,
  type OrderId,
  type OrderRequest,
  type OrderState,
  type OrderStep,
  type OrderType,
  orderTransitions,
  printOrderId,
  type Side,
  type TimeInForce,
  type Trail,
  type TriggerSource,
} from './order.js'
export {
  type BookDelta,
  type BookDepth,
  type BookLevel,
  type BookSnapshot,
  type BookState,
  createOrderBook,
  type DeltaOutcome,
  type OrderBook,
} from './orderBook.js'
export type { Quote } from './quote.js'
export { createRandom, type Random, type RandomStream } from './random.js'
export { mergedMarket, type ReplayMarket, type ReplayResult, replay } from './replay.js'
export { type Approved, isApproved, type Refused, type Reviewed, review } from './review.js'
export {
  type Alarm,
  approve,
  type ExposureView,
  type FirstLook,
  type Noted,
  type OverrideUse,
  type RiskMemory,
  type RiskReason,
  type RiskRule,
  type RiskUnit,
  type RiskView,
  type Shrink,
  type Sizer,
  type StopQuestion,
  type Trip,
  type Verdict,
} from './risk.js'
export { type Route, type RouteOptions, type RouteQuote, type RouteSlice, routeOrder } from './routeOrder.js'
export { RuleError } from './ruleError.js'
export { createSealer, genesisSeal, rowsPerSeal, type Sealer, type SealerOptions } from './seal.js'
export { sha256Hex } from './sha256Hex.js'
export {
  type AmendIntent,
  amend,
  buy,
  type CancelIntent,
  cancel,
  defineStrategy,
  type Intent,
  type OrderIntent,
  type OrderOptions,
  type PositionView,
  type Strategy,
  type StrategyDefinition,
  sell,
  type TargetIntent,
  target,
  type View,
  type Wish,
} from './strategy.js'
export { type Duration, dayMs, duration, floorTo, type Timestamp, timestamp } from './time.js'
export type { Trade } from './trade.js'
export {
  type BarQuery,
  type Batches,
  type Capabilities,
  type Holdings,
  type MarketDataFeed,
  type OrderGateway,
  type OrderReport,
  type Venue,
  VenueError,
  type VenueErrorOptions,
  type VenueOutcome,
} from './venue.js'
export {
  type JournalIssue,
  type JournalPoint,
  type JournalReport,
  type VerifyJournalOptions,
  verifyJournal,
} from './verifyJournal.js'
export { version } from './version.js'
