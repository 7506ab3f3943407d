import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConfigError } from '@astertrade/core'

/** Files by name, as text or as what writes them; a name with slashes lies in subfolders. */
export type FolderContent = Readonly<Record<string, string | ((path: string) => void)>>

/**
 * Writes a folder that appears at once: it is made beside its place under another name and renamed when whole. One that was written
 * before, told by the names it holds, is replaced.
 *
 * @throws ConfigError `FOLDER_EXISTS` if something else is in its place, `BAD_FOLDER` if it cannot be written.
 */
export function publishFolder(folder: string, content: FolderContent): void {
  requireReplaceable(
    folder,
    Object.keys(content).map((name) => name.split('/')[0]!),
  )
  const part = join(dirname(folder), `.${basename(folder)}.part-${process.pid}`)
  attempt(folder, () => {
    mkdirSync(dirname(folder), { recursive: true })
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part)
  })
  try {
    for (const [name, data] of Object.entries(content)) {
      const path = join(part, name)
      mkdirSync(dirname(path), { recursive: true })
      if (typeof data === 'string') writeFileSync(path, data, { flush: true })
      else data(path)
    }
    swap(part, folder)
  } catch (cause) {
    rmSync(part, { recursive: true, force: true })
    throw badFolder(folder, cause)
  }
}

/** Puts the new folder in place; the old one leaves first, since a rename does not replace a folder that holds files. */
function swap(part: string, folder: string): void {
  const old = `${part}.old`
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(part, folder)
  rmSync(old, { recursive: true, force: true })
}

/**
 * Asserts that a folder may be written: nothing is there, or a folder that holds none but these names.
 *
 * @throws ConfigError `FOLDER_EXISTS`.
 */
export function requireReplaceable(folder: string, names: readonly string[]): void {
  if (!existsSync(folder)) return
  const other = attempt(folder, () => readdirSync(folder)).find((name) => !names.includes(name))
  if (other === undefined) return
  throw new ConfigError(`Folder "${folder}" holds other things, such as "${other}".`, {
    code: 'FOLDER_EXISTS',
    hints: ['Nothing was written. Choose another folder with --out, or empty it.'],
  })
}

function attempt<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw badFolder(folder, cause)
  }
}

function badFolder(folder: string, cause: unknown): ConfigError {
  return new ConfigError(`Folder "${folder}" cannot be written: ${(cause as Error).message}.`, {
    code: 'BAD_FOLDER',
    hints: ['Choose a folder that can be written with --out.'],
    cause,
  })
}
