import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Clock, systemClock } from '@astertrade/exchanges'
import { runCli } from './runCli.js'

/** How a command line ended, and what it said. */
export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A command line in a folder of its own, outside any `node_modules`. */
export interface CommandLine {
  readonly folder: string
  run(...argv: readonly string[]): Promise<Outcome>
  /** Runs with `--json` and reads what comes back. */
  json(...argv: readonly string[]): Promise<Outcome & { readonly value: Readonly<Record<string, never>> }>
  write(name: string, data: string | Uint8Array): void
  read(name: string): string
  exists(name: string): boolean
  /** Names in a folder, sorted. */
  names(name?: string): readonly string[]
  /** Presses Ctrl-C; false where nobody listens, as where the process would end. */
  interrupt(): boolean
  remove(): void
}

/** The present in tests. */
export const presentMs: number = Date.UTC(2025, 0, 1)

/** What is unusual about a command line. */
export interface CommandLineOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A terminal on standard error, and a monotonic clock that moves a second whenever it is read. */
  readonly watched?: true
}

/** Makes a folder and a command line that works in it; results are as of a terminal-less shell at a fixed time. */
export function commandLine(options: CommandLineOptions = {}): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'aster-'))
  let elapsedMs = 0
  const monotonic = options.watched ? () => (elapsedMs += 1_000) : systemClock.monotonic
  const clock: Clock = { ...systemClock, monotonic, now: () => presentMs }
  const listeners = new Set<() => void>()
  const run = async (...argv: readonly string[]): Promise<Outcome> => {
    const [out, err]: [string[], string[]] = [[], []]
    const io = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: {
        write: (text: string) => err.push(text),
        ...(options.watched && { isTTY: true, columns: 80, on: () => undefined }),
      },
      folder,
      env: options.env ?? {},
      program: 'aster',
      onInterrupt(listener: () => void) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const code = await runCli(argv, io, clock)
    return { code, stdout: out.join(''), stderr: err.join('') }
  }
  const at = (name: string): string => join(folder, name)
  return {
    folder,
    run,
    async json(...argv) {
      const outcome = await run(...argv, '--json')
      return { ...outcome, value: JSON.parse(outcome.stdout) }
    },
    write(name, data) {
      mkdirSync(dirname(at(name)), { recursive: true })
      writeFileSync(at(name), data)
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    exists: (name) => existsSync(at(name)),
    names: (name = '.') => readdirSync(at(name)).sort(),
    interrupt() {
      for (const listener of listeners) listener()
      return listeners.size > 0
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Rows of a CSV whose prices swing, so that averages cross: opens from 2024-01-01 on, an hour apart. */
export function swingingCsv(rows: number, change: (row: string, index: number) => string = (row) => row): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const level = 100 + 10 * Math.abs(((index / 20) % 4) - 2)
    const [open, close] = [level.toFixed(2), (level + (index % 3) / 10).toFixed(2)]
    const [high, low] = [(level + 1).toFixed(2), (level - 1).toFixed(2)]
    return change(
      `${Date.UTC(2024, 0, 1) + index * 3_600_000},${open},${high},${low},${close},${5 + (index % 7)}`,
      index,
    )
  })
  return `ts_ms,open,high,low,close,volume\n${lines.map((line) => `${line}\n`).join('')}`
}
