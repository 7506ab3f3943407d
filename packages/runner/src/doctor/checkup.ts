import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { knownVenues } from '@astertrade/exchanges/ccxt'
import { tapeFiles } from '@astertrade/exchanges/tape'
import { packageVersion } from '../packageVersion.js'

/** One thing that was looked at. */
export interface Finding {
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failure'
  readonly detail: string
  /** What to do about it. */
  readonly hint?: string
}

/** What `checkup` takes. */
export interface CheckupOptions {
  /** Folder that relative paths start from. */
  readonly folder: string
  /** Version of Node, without a `v`. */
  readonly node: string
  /** Folder that results go to, relative to `folder`. */
  readonly out: string
  /** Folder with recordings, relative to `folder`. */
  readonly data: string
}

const packages = ['core', 'indicators', 'models', 'risk', 'exchanges', 'runner'].map((name) => `@astertrade/${name}`)
const memoryMin = 1024 ** 3

/** Looks at everything that aster needs on this machine. */
export function checkup(options: CheckupOptions): readonly Finding[] {
  return [nodeFinding(options.node), versions(), venues(), outFolder(options), dataFolder(options), machine()]
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  return {
    name: 'Node.js',
    status: fits ? 'ok' : 'failure',
    detail: version,
    ...(fits ? {} : { hint: 'Version 20.19 or later of 20, or 22.12 and later.' }),
  }
}

function versions(): Finding {
  const found = packages.map((name) => ({ name, version: packageVersion(name) }))
  const same = new Set(found.map(({ version }) => version)).size === 1
  const list = found.map(({ name, version }) => `${name.slice('@astertrade/'.length)} ${version}`).join(', ')
  return {
    name: 'Packages',
    status: same ? 'ok' : 'warning',
    detail: list,
    ...(same ? {} : { hint: 'Versions differ: update them together.' }),
  }
}

function venues(): Finding {
  try {
    return { name: 'ccxt', status: 'ok', detail: `installed, ${knownVenues().length} venues` }
  } catch {
    return {
      name: 'ccxt',
      status: 'warning',
      detail: 'not installed',
      hint: 'Only aster data download needs it: npm install --save-exact ccxt@4.5.84',
    }
  }
}

function outFolder({ folder, out }: CheckupOptions): Finding {
  const path = resolve(folder, out)
  if (isWritable(existing(path))) return { name: 'Results', status: 'ok', detail: `${out} can be written` }
  return {
    name: 'Results',
    status: 'failure',
    detail: `${out} cannot be written`,
    hint: 'Start aster in a folder of your own, or choose one with --out.',
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

/** The path, or the nearest folder above it that exists. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path))
}

function dataFolder({ folder, data }: CheckupOptions): Finding {
  const path = resolve(folder, data)
  const hint = 'aster data download and aster data import write recordings; aster demo needs none.'
  if (!existsSync(path)) return { name: 'Data', status: 'warning', detail: `no folder ${data}`, hint }
  try {
    const count = tapeFiles(path).length
    return { name: 'Data', status: 'ok', detail: `${data} holds ${count} ${count === 1 ? 'recording' : 'recordings'}` }
  } catch {
    return { name: 'Data', status: 'warning', detail: `${data} holds no recording`, hint }
  }
}

function machine(): Finding {
  const memory = totalmem()
  const enough = memory >= memoryMin
  return {
    name: 'Machine',
    status: enough ? 'ok' : 'warning',
    detail: `${availableParallelism()} cores, ${(memory / memoryMin).toFixed(1)} GiB of memory`,
    ...(enough ? {} : { hint: 'A million bars take 48 MB; under 1 GiB large tapes will not fit.' }),
  }
}
