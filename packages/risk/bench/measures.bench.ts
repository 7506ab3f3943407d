import { createRandom } from '@astertrade/core'
import { all, create } from 'mathjs'
import { compare, isShort } from '../../../bench/compare.js'
import type { Comparison } from '../../../bench/summary.js'
import { drawSet } from '../src/measures/drawSet.js'
import { measurePortfolio } from '../src/measures/measurePortfolio.js'
import { portfolioMonteCarlo } from '../src/measures/monteCarloRisk.js'
import { fitReturns } from '../src/measures/returnModel.js'
import { scenarioBook } from '../src/measures/scenarioBook.js'
import { scenarioColumns, scenarioMatrix } from '../src/measures/scenarioMatrix.js'
import { simulateReturns } from '../src/measures/simulateReturns.js'
import type { Unavailable } from '../src/measures/unavailable.js'

const math = create(all)
const positions = 50
const days = 1_000
const draws = isShort ? 2_000 : 10_000
const confidencePerMille = 990

/** The figure, or a failure that says why there is none. */
function ready<Figure extends { readonly kind: string }>(figure: Figure | Unavailable): Exclude<Figure, Unavailable> {
  if (figure.kind === 'unavailable') throw new Error(`Unavailable: ${JSON.stringify(figure)}.`)
  return figure as Exclude<Figure, Unavailable>
}

const stream = createRandom(1).stream('bench')
const times = Array.from({ length: days }, (_, day) => day * 86_400_000)
const market = times.map(() => stream.normal())
const returns = Array.from({ length: positions }, (_, i) =>
  times.map((__, day) => 0.01 * (1 + i / 25) * (0.6 * market[day]! + 0.8 * stream.normal())),
)
const names = returns.map((_, i) => `I${i}`)
const scenarios = ready(scenarioMatrix(returns.map((list, i) => ({ instrument: names[i]!, times, returns: list }))))
const values = names.map((_, i) => (i % 5 === 0 ? -1 : 1) * (100 + i))
const exposures = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
const model = ready(fitReturns(scenarios))
const random = drawSet({ seed: 1, assets: positions, draws })
const simulated = simulateReturns(model, random)

/** Value at risk plus shortfall of losses, with mathjs. */
function tailWithMathjs(losses: readonly number[]): number {
  const sorted = math.sort([...losses], 'asc') as number[]
  const rank = math.ceil((sorted.length * confidencePerMille) / 1_000)
  const cut = sorted[rank - 1]!
  const excess = rank < sorted.length ? math.sum(math.subtract(sorted.slice(rank), cut) as number[]) : 0
  return 2 * cut + (excess * 1_000) / (sorted.length * (1_000 - confidencePerMille))
}

/** What each return is multiplied by in filtered history; mathjs has no recursion, so that is a loop. */
function scalesWithMathjs(list: number[]): number[] {
  const squares = math.dotMultiply(list, list) as number[]
  const variances = [math.mean(squares.slice(0, 30)) as number]
  for (const [i, square] of squares.entries()) variances.push(0.94 * variances[i]! + 0.06 * square)
  const next = variances.pop()!
  return math.map(math.dotDivide(next, variances.slice(60)) as number[], (ratio) => math.sqrt(ratio) as number)
}

const byDay = math.transpose(returns)
const normalQuantile = 2.3263478740408408
const normalShortfall = 2.665214220345806

function portfolioWithMathjs(): number {
  const losses = math.multiply(math.multiply(byDay, values), -1) as number[]
  const filtered = returns.map((list) => math.dotMultiply(list.slice(60), scalesWithMathjs(list)) as number[])
  const filteredLosses = math.multiply(math.multiply(math.transpose(filtered), values), -1) as number[]
  const sigma = math.sqrt(math.mean(math.dotMultiply(losses, losses) as number[]) as number) as number
  return tailWithMathjs(losses) + tailWithMathjs(filteredLosses) + sigma * (normalQuantile + normalShortfall)
}

function portfolioByUs(): number {
  const methods = ['historical', 'filteredHistorical', 'normal'] as const
  const { estimates } = measurePortfolio({ scenarios, exposures, confidencePerMille, methods })
  return methods.reduce((sum, method) => {
    const { valueAtRisk, expectedShortfall } = ready(estimates[method]!)
    return sum + valueAtRisk + expectedShortfall
  }, 0)
}

const factor = math.matrix(
  names.map((_, row) => Array.from(model.factor.values.subarray(row * positions, (row + 1) * positions))),
  'dense',
  'number',
)
const normals = math.matrix(
  names.map((_, row) => Array.from(random.normals.subarray(row * draws, (row + 1) * draws))),
  'dense',
  'number',
)
const mixing = [...random.mixing(model.copulaDegrees)]

/** The same simulation; what mathjs lacks, the map to Student-t margins, it borrows from us. */
function simulationWithMathjs(): number {
  const rows = math.multiply(factor, normals).toArray() as number[][]
  const simulatedRows = rows.map((row, i) => {
    const degrees = model.degrees[i]!
    const carry = random.carry(model.copulaDegrees, degrees)
    const scale = model.sigmas[i]! * (math.sqrt((degrees - 2) / degrees) as number)
    return math.multiply(math.map(math.dotMultiply(row, mixing) as number[], carry), scale * -values[i]!) as number[]
  })
  const losses = simulatedRows.reduce((sum, row) => math.add(sum, row) as number[])
  return tailWithMathjs(losses)
}

function simulationByUs(): number {
  const fresh = simulateReturns(model, random)
  const { valueAtRisk, expectedShortfall } = ready(portfolioMonteCarlo(fresh, exposures, { confidencePerMille }))
  return valueAtRisk + expectedShortfall
}

const book = ready(scenarioBook({ scenarios, simulated, confidencesPerMille: [confidencePerMille] }))
book.hold(exposures)
const orders = 100

function ordersByBook(): number {
  let sum = 0
  for (let i = 0; i < orders; i++) sum += ready(book.tail('I7', 5 * i)).levels[0]!.valueAtRisk
  return sum
}

const column = [...scenarioColumns(scenarios)[7]!]
const held = math.multiply(math.multiply(byDay, values), -1) as number[]

function ordersWithMathjs(): number {
  let sum = 0
  for (let i = 0; i < orders; i++) sum += tailWithMathjs(math.subtract(held, math.multiply(column, 5 * i)) as number[])
  return sum
}

/** The two have to compute the same numbers, or their times mean nothing. */
function checkSame(name: string, ours: number, theirs: number): void {
  if (!(Math.abs(ours / theirs - 1) < 1e-9)) throw new Error(`${name}: we computed ${ours}, mathjs ${theirs}.`)
}

checkSame('portfolio', portfolioByUs(), portfolioWithMathjs())
checkSame('simulation', simulationByUs(), simulationWithMathjs())
for (let warm = 0; warm < 20; warm++) {
  portfolioByUs()
  ordersByBook()
  if (warm < 3) simulationByUs()
}

/** Goals in milliseconds a call; the gate leaves a busy machine room. */
const goalMs = { portfolio: 5, simulation: 50 }
const gateFactor = 5

/** Says whether a case meets its goal in time, and fails far above it. A short run draws less, so only the full one is held to it. */
function holdTo(goal: number, { cases }: Comparison, subject: string): void {
  const least = cases.find(({ name }) => name === subject)!.wallMs.min
  process.stdout.write(`${subject}: ${least.toFixed(2)} ms, goal ${goal} ms\n`)
  if (!isShort && least > goal * gateFactor) {
    throw new Error(`${subject} takes ${least.toFixed(2)} ms, over ${gateFactor} times its goal of ${goal} ms.`)
  }
}

const portfolio = compare({
  name: `Value at risk and shortfall of ${positions} positions over ${days} days by three methods`,
  items: positions * days,
  cases: [
    { name: 'mathjs', run: portfolioWithMathjs },
    { name: 'measurePortfolio', run: portfolioByUs },
  ],
  gates: [{ subject: 'measurePortfolio', base: 'mathjs', ratioMax: 0.15 }],
})
holdTo(goalMs.portfolio, portfolio, 'measurePortfolio')

const simulation = compare({
  name: `Monte Carlo value at risk of ${positions} positions, ${draws} draws, with its standard error`,
  items: positions * draws,
  cases: [
    { name: 'mathjs, without standard error', run: simulationWithMathjs },
    { name: 'simulateReturns and portfolioMonteCarlo', run: simulationByUs },
  ],
  gates: [
    { subject: 'simulateReturns and portfolioMonteCarlo', base: 'mathjs, without standard error', ratioMax: 0.25 },
  ],
})
holdTo(goalMs.simulation, simulation, 'simulateReturns and portfolioMonteCarlo')

compare({
  name: `Risk of one more order, ${orders} orders on ${positions} positions; the book also filters history`,
  items: orders * days,
  cases: [
    { name: 'mathjs, historical only', run: ordersWithMathjs },
    { name: 'scenarioBook', run: ordersByBook },
  ],
  gates: [{ subject: 'scenarioBook', base: 'mathjs, historical only', ratioMax: 0.2 }],
})
