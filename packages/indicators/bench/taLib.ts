import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sample } from '../../../bench/summary.js'
import type { Series } from './series.js'

/** A run of a TA-Lib function over the whole series: its times, and the last value of its first output. */
export interface TaLibRun extends Sample {
  readonly last: number
}

/** Runs a TA-Lib function so many times, in a process that stays. */
export type TaLib = (name: string, times: number) => TaLibRun

const sources = [
  ...['SMA', 'EMA', 'RSI', 'MACD', 'BBANDS', 'ATR', 'STOCH', 'CCI', 'OBV', 'ADX'],
  // What the ones above call.
  ...['MA', 'STDDEV', 'VAR', 'TRANGE', 'DEMA', 'TEMA', 'TRIMA', 'KAMA', 'MAMA', 'T3', 'WMA', 'utility'],
]
const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '../../../out/talib')

/**
 * Compiles TA-Lib's C functions from the sources in the npm package `talib` and hands the series to them; says why on one
 * line and returns undefined where that cannot be done.
 */
export function openTaLib({ columns }: Series): TaLib | undefined {
  const root = join(dirname(createRequire(import.meta.url).resolve('talib/package.json')), 'src/lib')
  const [program, data] = [join(out, 'talib'), join(out, 'series.bin')]
  mkdirSync(out, { recursive: true })
  const includes = ['include', 'src/ta_common', 'src/ta_func'].flatMap((folder) => ['-I', join(root, folder)])
  const files = [...sources.map((name) => `ta_func/ta_${name}.c`), 'ta_common/ta_global.c']
  const compiled = spawnSync(
    process.env.CC ?? 'cc',
    ['-O3', '-DNDEBUG', '-w', ...includes, join(here, 'talib.c')].concat(
      files.map((file) => join(root, 'src', file)),
      ['-lm', '-o', program],
    ),
    { encoding: 'utf8' },
  )
  if (compiled.status !== 0) {
    process.stderr.write(`TA-Lib is left out: ${compiled.error ? 'there is no C compiler' : compiled.stderr.trim()}.\n`)
    return undefined
  }
  const { high, low, close, volume } = columns
  writeFileSync(data, Buffer.concat([high, low, close, volume].map((column) => Buffer.from(column.buffer))))
  return startProgram(program, [data, String(close.length)])
}

/**
 * One process answers for the whole bench: starting one for each measurement would leave every page of this process to be copied
 * when it is next written to, and whoever allocates next would pay for that.
 */
function startProgram(program: string, args: readonly string[]): TaLib {
  const [questions, answers] = [openPipe('questions'), openPipe('answers')]
  const child = spawn(program, args, { stdio: [questions, answers, 'inherit'] })
  child.unref()
  process.on('exit', () => child.kill())
  const line = Buffer.alloc(100)
  return (name, times) => {
    writeSync(questions, `${name} ${times}\n`)
    const [nanoseconds, last] = line.toString('utf8', 0, readSync(answers, line)).split(' ').map(Number)
    if (nanoseconds === undefined || last === undefined || Number.isNaN(nanoseconds)) {
      throw new Error(`The TA-Lib program has no answer for ${name}.`)
    }
    return { cpuMs: nanoseconds / 1e6, wallMs: nanoseconds / 1e6, last }
  }
}

function openPipe(name: string): number {
  const path = join(out, name)
  rmSync(path, { force: true })
  spawnSync('mkfifo', [path])
  // For both directions, so that opening does not wait for the other end.
  return openSync(path, 'r+')
}
