import { open } from 'node:fs/promises'

/** Writes a new file and flushes it to the disk. */
export async function writeFlushed(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Flushes the names in a folder to the disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folder as a file; its journal keeps renames in order.
  const folder = await open(path, 'r').catch(() => undefined)
  if (folder === undefined) return
  try {
    await folder.sync()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await folder.close()
  }
}
