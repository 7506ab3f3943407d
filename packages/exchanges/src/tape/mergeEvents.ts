import type { Batches } from '@astertrade/core'
import type { TapeEvent } from './decodeEvent.js'

/** One source on its way through the merge. */
interface Lane {
  readonly iterator: AsyncIterator<readonly TapeEvent[]>
  batch: readonly TapeEvent[]
  at: number
}

/**
 * Merges streams of events by time; at one time, earlier sources come first. The order within a source is never
 * changed: events whose times step back follow at once.
 *
 * All sources are closed when the iteration ends, however it ends.
 */
export async function* mergeEvents(
  sources: readonly Batches<TapeEvent>[],
  batchSize: number,
): AsyncGenerator<readonly TapeEvent[]> {
  const open = sources.map((source): Lane => ({ iterator: source[Symbol.asyncIterator](), batch: [], at: 0 }))
  try {
    let lanes: readonly Lane[] = await stillOpen(open)
    let events: TapeEvent[] = []
    while (lanes.length > 0) {
      const lane = earliest(lanes)
      events.push(lane.batch[lane.at++]!)
      if (events.length === batchSize) {
        yield events
        events = []
      }
      if (lane.at === lane.batch.length && !(await refill(lane))) lanes = lanes.filter((other) => other !== lane)
    }
    if (events.length > 0) yield events
  } finally {
    await Promise.all(open.map(({ iterator }) => iterator.return?.()))
  }
}

async function stillOpen(lanes: readonly Lane[]): Promise<readonly Lane[]> {
  const filled = await Promise.all(lanes.map(refill))
  return lanes.filter((_, index) => filled[index])
}

/** Fetches the next batch of a source; false at its end. */
async function refill(lane: Lane): Promise<boolean> {
  const next = await lane.iterator.next()
  if (next.done) return false
  lane.batch = next.value
  lane.at = 0
  return true
}

function earliest(lanes: readonly Lane[]): Lane {
  let first = lanes[0]!
  for (const lane of lanes) if (lane.batch[lane.at]!.time < first.batch[first.at]!.time) first = lane
  return first
}
