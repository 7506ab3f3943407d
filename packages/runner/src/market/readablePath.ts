import { relative, resolve } from 'node:path'

/**
 * A path that this process can open, told as briefly as can be: messages about a file name it the way it was typed.
 *
 * @param folder - Folder that a relative path starts from.
 */
export function readablePath(path: string, folder: string): string {
  return relative(process.cwd(), resolve(folder, path)) || '.'
}
