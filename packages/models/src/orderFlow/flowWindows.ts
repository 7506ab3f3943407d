import type { Quote, Trade } from '@astertrade/core'
import { OrderFlowImbalance } from '@astertrade/indicators'

/** Sums of flow over some windows that end at one time. */
export interface FlowWindows {
  addTrade(trade: Trade): void
  addQuote(quote: Quote): void
  /**
   * Writes, for each window, what was bought less what was sold over all that was traded, and then demand less supply at the best
   * quotes over the mean depth, brought into -1…1; both as of `time`, from the last event on. Changes nothing.
   */
  read(time: number, out: Float64Array): void
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Slots in the shortest window; a window ends at most a slot early. */
const slotsOfShortest = 4
/** Bought less sold, traded, demand less supply at the quotes, depth, and quotes. */
const fields = 5

/** Keeps the flow in slots of a quarter of the shortest window, so that memory is constant whatever the number of events. */
export function flowWindows(windows: readonly number[]): FlowWindows {
  const slotMs = Math.min(...windows) / slotsOfShortest
  const spans = windows.map((window) => Math.round(window / slotMs))
  const count = Math.max(...spans)
  /** Number of the slot that a place holds, counted from time 0. */
  const numbers = new Float64Array(count).fill(Number.NaN)
  const sums = new Float64Array(count * fields)
  const quotes = new OrderFlowImbalance({ period: 1 })
  const slotAt = (time: number): number => {
    const number = Math.floor(time / slotMs)
    const place = ((number % count) + count) % count
    if (numbers[place] !== number) {
      numbers[place] = number
      sums.fill(0, place * fields, (place + 1) * fields)
    }
    return place * fields
  }
  return {
    addTrade({ time, aggressor, quantity }) {
      const at = slotAt(time)
      sums[at]! += aggressor === 'buy' ? quantity : -quantity
      sums[at + 1]! += quantity
    },
    addQuote(quote) {
      const event = quotes.onQuote(quote)
      if (Number.isNaN(event)) return
      const at = slotAt(quote.time)
      sums[at + 2]! += event
      sums[at + 3]! += (quote.bidSize! + quote.askSize!) / 2
      sums[at + 4]!++
    },
    read(time, out) {
      const last = Math.floor(time / slotMs)
      for (const [index, span] of spans.entries()) {
        const totals = totalsOf(numbers, sums, last - span, last)
        out[index] = totals[1]! > 0 ? totals[0]! / totals[1]! : 0
        const relative = totals[3]! > 0 ? (totals[2]! * totals[4]!) / totals[3]! : 0
        out[spans.length + index] = relative / (1 + Math.abs(relative))
      }
    },
    parts: () => [numbers, sums, quotes.snapshot()],
    restoreParts([held, values, last]) {
      numbers.set(held!)
      sums.set(values!)
      quotes.restore(last!)
    },
  }
}

/** Sums over the slots after `from` up to `to`. */
function totalsOf(numbers: Float64Array, sums: Float64Array, from: number, to: number): Float64Array {
  const totals = new Float64Array(fields)
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place]!
    if (!(number > from && number <= to)) continue
    for (let field = 0; field < fields; field++) totals[field]! += sums[place * fields + field]!
  }
  return totals
}
