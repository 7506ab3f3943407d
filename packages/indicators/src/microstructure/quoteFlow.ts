/** The best bid and ask as the event indicators read them; a core `Quote` satisfies it. */
export interface QuoteInput {
  readonly bid: number
  readonly ask: number
  /** Size at the bid in base units; without both sizes there is no flow. */
  readonly bidSize?: number | undefined
  readonly askSize?: number | undefined
}

/** What each quote adds to the queues at the best prices, by Cont, Kukanov & Stoikov (2014), equation 3. */
export class QuoteFlow {
  /** Demand less supply since the quote before, in base units; `NaN` for the first one and where one is not finite. */
  event = Number.NaN
  /** Mean size at the two best prices. */
  depth = Number.NaN
  private bid = Number.NaN
  private ask = Number.NaN
  private bidSize = Number.NaN
  private askSize = Number.NaN

  take({ bid, ask, bidSize = Number.NaN, askSize = Number.NaN }: QuoteInput): void {
    const probe = bid + ask + bidSize + askSize
    const hole = probe - probe
    const demand = bidSize * Number(bid >= this.bid) - this.bidSize * Number(bid <= this.bid)
    const supply = askSize * Number(ask <= this.ask) - this.askSize * Number(ask >= this.ask)
    this.event = demand - supply + hole
    this.depth = 0.5 * (bidSize + askSize)
    if (hole !== 0) return
    this.bid = bid
    this.ask = ask
    this.bidSize = bidSize
    this.askSize = askSize
  }
}
