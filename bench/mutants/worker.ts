import { createVitest } from 'vitest/node'
import type { MutantAnswer, MutantJob } from './mutantJob.js'

/*
 * Answers jobs one by one, for `run.ts`: vitest stays, and a plugin hands out the changed text of one file, so that a mutant costs the
 * tests that reach it and nothing else. No file is written.
 */

let planted: MutantJob | undefined

const vitest = await createVitest(
  'test',
  { watch: false, reporters: [{}], pool: 'threads', maxWorkers: 1, isolate: false, bail: 1, fileParallelism: false },
  {
    server: { watch: null },
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform(text, id) {
          if (planted === undefined || id !== planted.path) return undefined
          const { start, end, after } = planted.mutant
          return text.slice(0, start) + after + text.slice(end)
        },
      },
    ],
  },
)
await vitest.standalone()
const [project] = vitest.projects
const tell = (answer: MutantAnswer): boolean => process.send!(answer)

process.on('message', (job: MutantJob) => void answer(job).then(tell))
process.send!('ready')

async function answer(job: MutantJob): Promise<MutantAnswer> {
  planted = job
  vitest.invalidateFile(job.path)
  let said: MutantAnswer = { kind: 'done', isKilled: false }
  for (const group of job.groups) {
    const verdict = await ask(group)
    if (verdict !== 'passed') {
      said = verdict === 'failed' ? { kind: 'done', isKilled: true } : { kind: 'unsure' }
      break
    }
    tell({ kind: 'passed' })
  }
  planted = undefined
  vitest.invalidateFile(job.path)
  return said
}

/** What became of some tests; they have to have run, or nothing is known. */
async function ask(tests: readonly string[]): Promise<'passed' | 'failed' | 'unsure'> {
  const { testModules } = await vitest.runTestSpecifications(tests.map((test) => project!.createSpecification(test)))
  // vitest sets it for its own process; here a failure is an answer.
  process.exitCode = 0
  // vitest remembers the modules of earlier runs as well.
  const states = testModules.filter(({ moduleId }) => tests.includes(moduleId)).map((module) => module.state())
  if (states.includes('failed')) return 'failed'
  const haveRun = states.length === tests.length && states.every((state) => state === 'passed' || state === 'skipped')
  return haveRun && states.includes('passed') ? 'passed' : 'unsure'
}
