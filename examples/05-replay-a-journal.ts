// Record a run, replay it, and find every command equal byte for byte; then change one recorded fact and see it noticed.
import { createSealer, decodeEntry, encodeEntry, type JournalEntry, verifyJournal } from '@astertrade/core'
import { backtest, makerTaker, replayBacktest, syntheticTape } from '@astertrade/core/backtest'
import { trendReversionEnsemble } from '@astertrade/models'
import { policyStop, riskPolicy } from '@astertrade/risk'

const options = {
  strategy: trendReversionEnsemble,
  data: syntheticTape({ seed: 7, bars: 20_000 }),
  cash: '10000',
  fees: makerTaker({ maker: 0.0002, taker: 0.0005 }),
  rules: riskPolicy({ acknowledge: 'nextDay' }),
  defaultStop: policyStop,
}

const rows: JournalEntry[] = []
backtest({ ...options, journal: (row) => rows.push(row) })
const same = replayBacktest(options, rows)
console.log(
  `${rows.length} rows, ${same.commands} commands, ${same.difference === undefined ? 'all equal' : 'different'}`,
)

const lines: string[] = []
const sealer = createSealer()
for (const row of rows) {
  const line = encodeEntry(row)
  lines.push(line)
  const seal = sealer.push(line)
  if (seal) lines.push(seal)
}
lines.push(...[sealer.seal()].filter((seal) => seal !== undefined))
console.log(`sealed: ${verifyJournal(lines).issues.length} issues`)

const fill = lines.findIndex((line) => line.includes('"kind":"filled"') && line.includes('"side":"buy"'))
const forged = lines.with(fill, lines[fill]!.replace('"side":"buy"', '"side":"sell"'))
const [issue] = verifyJournal(forged).issues
console.log(`one word changed: ${issue?.kind ?? 'no'} issue`)
console.log(`read back: ${decodeEntry(lines[0]!).kind}`)
