import type { MemberRow } from '@astertrade/core/backtest'
import { controlText, memberText } from '../run/membersText.js'
import { warningsOf } from '../train/trainingText.js'
import type { DemoRun } from './runDemo.js'

/** What each model did, and the control at last, as rows of a table with one column per market. */
export function modelsRows(runs: readonly DemoRun[]): readonly (readonly string[])[] {
  const names = runs[0]?.run.members[0]?.rows.map(({ name }) => name) ?? []
  const cell = (row: MemberRow | undefined): string => (row === undefined ? '' : memberText(row))
  const control = runs.map(({ run }) => (run.members[0] ? controlText(run.members[0]) : ''))
  return [
    ...names.map((name, index) => [`  ${name}`, ...runs.map(({ run }) => cell(run.members[0]?.rows[index]))]),
    ...(names.length > 0 ? [['  control', ...control]] : []),
  ]
}

/** What the trainings of a demo warn of, led by the name of the model. */
export function trainingNotes(runs: readonly DemoRun[]): readonly string[] {
  return runs.flatMap(({ models }) =>
    Object.values(models).flatMap(({ manifest }) => {
      const [first] = warningsOf(manifest.metrics)
      return first === undefined ? [] : [`Training of ${manifest.id}: ${first}`]
    }),
  )
}
