import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importGraph, testsOf } from './importGraph.js'
import type { MutantAnswer, MutantJob } from './mutantJob.js'
import { type MutantResult, mutationReport } from './mutationReport.js'
import { plantMutants } from './plantMutants.js'

/*
 * Plants one small bug at a time into the sizing, limits, breakers and overrides of the risk package and runs the tests that reach it:
 * nearest first, then the others. A mutant that no test notices survives. Takes about an hour on two cores; `--every=2` takes every second
 * mutant only, and says so. With parts of file names only those files are changed, and the report is printed.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = join(root, 'packages/risk/src')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const every = Number(process.argv.find((argument) => argument.startsWith('--every='))?.slice(8) ?? 1)
const mutated = [
  /^(sizing|limits|emergency)\/[a-zA-Z]+\.ts$/,
  /^(capitalTiers|tierMemory|policy|policyOptions|policyOverrides)\.ts$/,
]
/** Tests of other code, and such as take long and notice what shorter ones notice too. */
const left =
  /^((measures|portfolio|backtests|stress|pages)\/.*|interleaving|drawdown\.properties|codes|index)\.test\.ts$/
/** Longest run of the nearest tests and of the others, in milliseconds; what hangs twice was noticed. */
const patienceMs = [45_000, 180_000] as const
/** Fresh workers that a mutant is given where a run hangs or could not be started. */
const attempts = 2
/** A worker is replaced after so many mutants, since what it has compiled piles up. */
const jobsPerWorker = 200
const env = { ...process.env, FC_NUM_RUNS: '300', FC_SEED: '1' }

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const graph = importGraph(source, files)
const subjects = files
  .filter((name) => mutated.some((pattern) => pattern.test(name)))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort()
const jobs = subjects.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8')
  return plantMutants(file, text).map((mutant) => ({ file, text, mutant }))
})
const chosen = [...jobs.keys()].filter((index) => index % every === 0)
process.stdout.write(`${chosen.length} of ${jobs.length} mutants in ${subjects.length} files.\n`)

const results: MutantResult[] = []
const queue = [...chosen]
await checkThatAllPass()
await Promise.all(cpus().map(() => work()))
const report = mutationReport(results, { planted: jobs.length })
if (wanted.length > 0) process.stdout.write(report.text)
else {
  mkdirSync(join(root, 'docs/figures'), { recursive: true })
  writeFileSync(join(root, 'docs/figures/mutation.md'), report.text)
}
process.stdout.write(`Score ${report.score}.\n`)
if (report.isBelow) process.exitCode = 1

/** Tests that fail without a mutant would notice everything. */
async function checkThatAllPass(): Promise<void> {
  const tests = [...new Set(subjects.flatMap((file) => groupsOf(file).flat()))]
  const nothing = { start: 0, end: 0, before: '', after: '', line: 1 }
  // An empty first group, so that the second one's patience is asked for.
  const worker = await startWorker()
  const said = await ask(worker, {
    path: join(source, subjects[0]!),
    mutant: nothing,
    groups: [tests.slice(0, 1), tests],
  })
  worker.kill()
  if (said !== 'survived') throw new Error(`Without a mutant the tests say "${said}".`)
}

/** The tests at the smallest distance, then all others. */
function groupsOf(file: string): readonly (readonly string[])[] {
  const reaching = testsOf(graph, file).filter(({ test }) => !left.test(test))
  const nearest = reaching[0]?.distance
  const pathsOf = (isNear: boolean): string[] =>
    reaching.filter(({ distance }) => (distance === nearest) === isNear).map(({ test }) => join(source, test))
  return [pathsOf(true), pathsOf(false)].filter((group) => group.length > 0)
}

async function work(): Promise<void> {
  let worker: ChildProcess | undefined
  let asked = 0
  for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
    const { file, text, mutant } = jobs[index]!
    const { before, after, line } = mutant
    const job = { path: join(source, file), mutant, groups: groupsOf(file) }
    let said: Said = 'unsure'
    for (let attempt = 0; attempt < attempts && (said === 'unsure' || said === 'hung'); attempt++) {
      if (worker === undefined || !worker.connected || attempt > 0 || asked % jobsPerWorker === 0) {
        worker?.kill('SIGKILL')
        worker = await startWorker()
      }
      asked++
      said = await ask(worker, job)
    }
    // What could not be run counts as not noticed.
    const isKilled = said === 'killed' || said === 'hung'
    results.push({ file, line, before, after, text: text.split('\n')[line - 1]!.trim(), isKilled })
    if (!isKilled || said === 'hung') process.stdout.write(`${said}: ${file}:${line} ${before} → ${after}\n`)
    if (results.length % 50 === 0) process.stdout.write(`${results.length} of ${chosen.length}\n`)
  }
  worker?.kill()
}

async function startWorker(): Promise<ChildProcess> {
  const worker = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), { cwd: root, env, stdio: 'inherit' })
  await new Promise((resolve) => worker.once('message', resolve))
  return worker
}

type Said = 'killed' | 'survived' | 'hung' | 'unsure'

/** What became of a mutant; a worker that hangs is killed, and has to be replaced. */
function ask(worker: ChildProcess, job: MutantJob): Promise<Said> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const settle = (said: Said): void => {
      clearTimeout(timer)
      worker.removeAllListeners()
      resolve(said)
    }
    const wait = (ms: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        worker.kill('SIGKILL')
        worker.disconnect()
        settle('hung')
      }, ms)
    }
    wait(patienceMs[0])
    worker.on('message', (answer: MutantAnswer) => {
      if (answer.kind === 'passed') wait(patienceMs[1])
      else settle(answer.kind === 'unsure' ? 'unsure' : answer.isKilled ? 'killed' : 'survived')
    })
    worker.once('exit', () => settle('unsure'))
    worker.send(job)
  })
}
