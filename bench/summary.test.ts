import { expect, it } from 'vitest'
import { judge, printComparison, summarise } from './summary.js'

const sample = (cpuMs: number): { cpuMs: number; wallMs: number } => ({ cpuMs, wallMs: cpuMs * 2 })
const base = summarise('loop', [3, 1, 2].map(sample))
const engine = summarise('engine', [8, 12, 30, 10].map(sample))

it('takes the minimum and the median of an odd and of an even number of rounds', () => {
  expect(base).toMatchObject({ cpuMs: { min: 1, median: 2 }, wallMs: { min: 2, median: 4 } })
  expect(engine.cpuMs).toEqual({ min: 8, median: 11 })
})

it('judges the least times of both, and passes a gate exactly at its bound', () => {
  expect(judge({ subject: 'engine', base: 'loop', ratioMax: 8 }, [base, engine])).toMatchObject({
    ratio: 8,
    passed: true,
  })
  expect(judge({ subject: 'engine', base: 'loop', ratioMax: 7.9 }, [base, engine]).passed).toBe(false)
})

it('refuses a gate on a case that did not run', () => {
  expect(() => judge({ subject: 'peer', base: 'loop', ratioMax: 1 }, [base, engine])).toThrowError(
    'Gate names "peer"; the cases are loop, engine.',
  )
})

it('prints the ratio to the first case and the verdict of each gate', () => {
  const gates = [judge({ subject: 'engine', base: 'loop', ratioMax: 5 }, [base, engine])]
  const text = printComparison({ name: 'one job', items: 1_000_000, rounds: 4, cases: [base, engine], gates })
  expect(text).toContain('| engine | 8.0 | 11.0 | 16.0 | 22.0 | 125 | 8.00 |')
  expect(text).toContain('FAILED engine / loop = 8, at most 5\n')
})

it('lets a missed goal pass the gate and says whether the goal is met', () => {
  const gates = [8.5, 8, 1.5, 0.085].map((goal) =>
    judge({ subject: 'engine', base: 'loop', ratioMax: 9, goal }, [base, engine]),
  )
  expect(gates.map(({ passed, goalMet }) => [passed, goalMet])).toEqual([
    [true, true],
    [true, true],
    [true, false],
    [true, false],
  ])
  const text = printComparison({ name: 'one job', items: 1, rounds: 4, cases: [base, engine], gates })
  expect(text).toContain('ok     engine / loop = 8, at most 9; goal 8.5 met\n')
  expect(text).toContain('ok     engine / loop = 8, at most 9; goal 1.5 MISSED\n')
  expect(text).toContain('goal 0.085 MISSED\n')
})
