import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resultMark } from './compare.js'
import { type Comparison, printComparison } from './summary.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const { argv } = process
const wanted = argv.slice(2).filter((argument) => !argument.startsWith('--'))
const publishes = argv.includes('--publish')
// A run of some benches must not replace the figures of all.
const folder = join(root, publishes && wanted.length === 0 ? 'docs/figures' : 'out')
const mode = argv.includes('--short') ? 'short' : 'full'

const machine = {
  processor: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
  node: process.version,
  commit: git('rev-parse', '--short', 'HEAD'),
  load: loadavg()[0]!.toFixed(2),
  mode,
}
const heading = `${machine.processor}, Node ${machine.node}, commit ${machine.commit}, load ${machine.load} at the start, ${mode} run.`
process.stdout.write(`${heading}\n\n`)

const comparisons = findBenches().flatMap(runBench)
const tables = comparisons.map(printComparison).join('\n')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify({ machine, comparisons }, null, 2)}\n`)
writeFileSync(join(folder, 'bench.md'), `# Benchmarks\n\n${heading}\nWritten by \`npm run bench\`.\n\n${tables}`)
if (publishes) await publishAll()

const gates = comparisons.flatMap((comparison) => comparison.gates)
const goals = gates.filter(({ goal }) => goal !== undefined)
if (goals.length > 0) {
  process.stdout.write(`${goals.filter(({ goalMet }) => goalMet).length} of ${goals.length} goals are met.\n`)
}
const failed = gates.filter(({ passed }) => !passed)
if (failed.length > 0) {
  process.stderr.write(`${failed.length} of the ratios are over their gate.\n`)
  process.exitCode = 1
}

/** Each bench lies in a package's `bench` folder, beside a source file, or in the folder of this file. */
function findBenches(): string[] {
  const folders = [
    'bench',
    ...readdirSync(join(root, 'packages')).flatMap((name) => [`packages/${name}/bench`, `packages/${name}/src`]),
  ]
  return folders
    .flatMap((path) => list(path))
    .filter((path) => path.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((part) => path.includes(part))))
    .sort()
}

function list(path: string): string[] {
  try {
    return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Lets each package write its figures into its own pages: `publish` of its `bench/publish.ts`. */
async function publishAll(): Promise<void> {
  const paths = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'bench/publish.ts'))
  for (const path of paths.filter((path) => existsSync(path))) {
    const { publish } = (await import(path)) as { publish(heading: string, comparisons: readonly Comparison[]): void }
    publish(heading, comparisons)
  }
}

/** Runs one bench in a process of its own, so that no bench inherits another's compiled code or heap. */
function runBench(path: string): Comparison[] {
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, path)], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ASTER_BENCH: mode, TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json') },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${path} failed.\n${stdout}`)
  const results = stdout
    .split('\n')
    .filter((line) => line.startsWith(resultMark))
    .map((line) => JSON.parse(line.slice(resultMark.length)) as Comparison)
  if (results.length === 0) throw new Error(`${path} compared nothing; call compare() of bench/compare.ts.`)
  for (const result of results) process.stdout.write(`${printComparison(result)}\n`)
  return results
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}
