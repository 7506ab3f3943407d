import { expect, it } from 'vitest'
import { createProgress } from './progress.js'

function terminal(isTTY: boolean): {
  readonly stream: { write(text: string): unknown; isTTY: boolean }
  text(): string
} {
  const written: string[] = []
  const stream = {
    isTTY,
    columns: 80,
    write: (text: string) => written.push(text),
    on: () => stream,
  }
  return { stream, text: () => written.join('') }
}

function clockOf(...times: readonly number[]): { monotonic(): number } {
  const left = [...times]
  return { monotonic: () => (left.length > 1 ? left.shift()! : left[0]!) }
}

it('shows a bar on a terminal once the work has lasted a second, and takes it away', () => {
  const { stream, text } = terminal(true)
  const progress = createProgress({ stderr: stream }, { label: 'Backtest', clock: clockOf(0, 999, 1_000) })
  progress.update(0.25)
  expect(text()).toBe('')
  progress.update(0.5)
  expect(text()).toContain('Backtest')
  progress.stop()
  expect(text()).toContain('50 %')
})

it('stays silent where nobody watches', () => {
  const { stream, text } = terminal(false)
  const progress = createProgress({ stderr: stream }, { label: 'Backtest', clock: clockOf(0, 5_000) })
  progress.update(0.5)
  progress.stop()
  expect(text()).toBe('')
})
