import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ForeignCase } from '../../../bench/compare.js'
import type { PlantedTask } from '../src/gbdt/plantedTask.rig.js'

const pythons = [process.env.PYTHON ?? 'python3', '/usr/bin/python3']

/** A program beside this file that trains with scikit-learn. */
export type ScikitProgram = 'histogramBoosting' | 'multilayerPerceptron'

/** What `openScikit` takes. */
export interface ScikitOptions {
  readonly program: ScikitProgram
  readonly task: PlantedTask
  /** Rows to train on, from the first on. */
  readonly train: number
}

/** scikit-learn on the first rows of a task, in one thread; undefined where there is none. */
export function openScikit(name: string, { program, task, train }: ScikitOptions): ForeignCase | undefined {
  const path = fileURLToPath(new URL(`./${program}.py`, import.meta.url))
  const python = pythons.find((command) => spawnSync(command, ['-c', 'import sklearn']).status === 0)
  if (python === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'scikit-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'features.bin'), new Uint8Array(task.features.buffer))
  writeFileSync(join(folder, 'classes.bin'), task.classes)
  const sizes = [train, task.rows, task.columns]
  const env = { ...process.env, OMP_NUM_THREADS: '1' }
  return {
    name,
    measure(times) {
      const { stdout, stderr } = spawnSync(python, [path, folder, ...sizes.map(String), String(times)], {
        env,
        encoding: 'utf8',
      })
      if (stdout === '') throw new Error(`scikit-learn failed: ${stderr}`)
      return JSON.parse(stdout)
    },
  }
}
