import { BaseError } from '../errors.js'

/** A strategy threw, or wished for something that is no wish; names the strategy and the moment. */
export class StrategyError extends BaseError {
  override name = 'StrategyError'
  readonly strategy: string
  /** Milliseconds UTC of the event it was answering. */
  readonly time: number

  constructor(strategy: string, time: number, cause: unknown) {
    const known = cause instanceof BaseError
    const said = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    super(`Strategy "${strategy}" failed at ${new Date(time).toISOString()}: ${said}`, {
      code: known ? cause.code : 'STRATEGY_THREW',
      hints: known ? cause.hints : ['The cause of this error holds the place in the strategy.'],
      cause,
    })
    this.strategy = strategy
    this.time = time
  }
}
