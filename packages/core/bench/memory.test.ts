import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const job = fileURLToPath(new URL('memoryJob.ts', import.meta.url))

/** Peak resident memory in MB of a process of its own that runs the standard job. */
function peakMb(mode: 'memory' | 'stream', millions: number): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', job, mode, String(millions)], {
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url)) },
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

describe('memory of a backtest', () => {
  it('stays below 220 MB for a million bars in memory, orders and equity included', () => {
    expect(peakMb('memory', 1)).toBeLessThan(220)
  })

  it('does not grow with the number of streamed bars', () => {
    const [short, long] = [peakMb('stream', 12), peakMb('stream', 30)]
    expect(long).toBeLessThan(250)
    expect(long / short).toBeLessThan(1.1)
  }, 180_000)
})
