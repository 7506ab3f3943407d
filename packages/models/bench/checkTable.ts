import type { BackendCheck, CheckedBackend, FailedBackend } from './checkBackend.js'

type Present = CheckedBackend | FailedBackend

/** Exit codes: every GPU agrees with the CPU, one does not or a backend fails after its probe went well, there is no GPU. */
const exits = { ok: 0, differs: 1, noGpu: 2 } as const
/** What a GPU may differ by: outputs, and the loss of a training. */
const tolerance = { outputs: 1e-3, loss: 1e-3 } as const

/** The table of all backends, those that failed with their reason; below it, those that are not here. */
export function checkTable(found: readonly BackendCheck[], batches: readonly number[]): string {
  const ms = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2))
  const gap = (value: number | undefined): string => (value === undefined ? '–' : value.toExponential(1))
  const head = ['backend', 'device', ...batches.map((rows) => `${rows} rows ms`), 'difference', 'train ms', 'loss gap']
  const lines = found.filter(isPresent).map((entry) => {
    const named = [entry.backend, entry.device]
    if (entry.kind === 'failed') return [...named, `failed: ${entry.reason}`]
    return [...named, ...entry.times.map(ms), gap(entry.difference), ms(entry.trainMs), gap(entry.lossDifference)]
  })
  const whole = [head, ...lines].filter((line) => line.length === head.length)
  const widths = head.map((_, column) =>
    Math.max(...(column < 2 ? [head, ...lines] : whole).map((line) => line[column]!.length)),
  )
  const rows = [head, ...lines].map((line) => line.map((cell, column) => cell.padEnd(widths[column]!)).join('  '))
  const absent = found.flatMap((entry) =>
    entry.kind === 'absent' ? [`not here  ${entry.backend}: ${entry.reason}`] : [],
  )
  return [...rows, '', ...absent].map((row) => `${row.trimEnd()}\n`).join('')
}

/**
 * The exit code of a check. A backend that fails after a good probe is a fault wherever it runs.
 *
 * @param hasGraphics - Whether the machine has a device that draws; without one WebGPU and TensorFlow.js run in software.
 */
export function checkExit(found: readonly BackendCheck[], hasGraphics: boolean): number {
  const here = found.filter(isPresent)
  const judged = here.filter((entry) => isOnGpu(entry, hasGraphics))
  if (here.some(({ kind }) => kind === 'failed')) return exits.differs
  if (judged.length === 0) return exits.noGpu
  return judged.every((entry) => entry.kind === 'checked' && agrees(entry)) ? exits.ok : exits.differs
}

function isPresent(entry: BackendCheck): entry is Present {
  return entry.kind !== 'absent'
}

/** WebGPU without a device of its own, or at the pace of software, is SwiftShader; TensorFlow.js names what it runs on. */
function isOnGpu(entry: Present, hasGraphics: boolean): boolean {
  if (entry.backend === 'cuda' || entry.backend === 'tensorrt') return true
  if (entry.backend === 'tfjs') return entry.device.includes('node-gpu') && hasGraphics
  return entry.backend === 'webgpu' && hasGraphics && !(entry.kind === 'checked' && entry.times.includes(undefined))
}

/** Asked this way round, NaN differs. */
function agrees({ difference, lossDifference }: CheckedBackend): boolean {
  return difference <= tolerance.outputs && (lossDifference === undefined || lossDifference <= tolerance.loss)
}
