// Prints the peak resident memory, in MB, of the standard job over millions of bars: `memory 1` or `stream 10`.
import { type Bars, createBars, defineStrategy, target } from '@astertrade/core'
import { backtest, backtestStream } from '@astertrade/core/backtest'
import { standardJob, walk } from './engineJob.js'

const [mode, millions] = process.argv.slice(2)
const piece = 100_000
const pieces = (Number(millions) * 1_000_000) / piece

/** A round trip every 2,000 bars: what is kept of fills and trades is small beside the bars. */
const seldom = defineStrategy({
  name: 'seldom',
  params: {},
  create() {
    let seen = 0
    return {
      onBar(bar) {
        seen++
        if (seen % 1_000 === 0) return target(bar.instrument, seen % 2_000 === 0 ? 0 : 0.001)
      },
    }
  },
})

/** The same hundred thousand bars again and again, each time later. */
async function* repeated(bars: Bars): AsyncGenerator<Bars> {
  for (let index = 0; index < pieces; index++) {
    const next = createBars(bars.instrument, bars.interval, bars.length, 'private')
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) next[name].set(bars[name])
    for (let i = 0; i < bars.length; i++) next.time[i] = bars.time[i]! + index * piece * bars.interval
    yield next
  }
}

if (mode === 'memory') {
  backtest(standardJob([walk(Number(millions) * 1_000_000)]))
} else {
  const bars = walk(piece)
  const { data: _, instruments = [], ...options } = standardJob([bars])
  await backtestStream({ ...options, instruments, strategy: seldom, data: repeated(bars) })
}
process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`)
