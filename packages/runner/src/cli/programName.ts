import { basename, relative } from 'node:path'

/**
 * How a program is started again, as it would be typed in a shell.
 *
 * @param path - Path that Node was given: of a file, or of the link that npm made.
 * @param folder - Folder that it was started in.
 */
export function programName(path: string, folder: string): string {
  if (basename(path) !== 'aster') return `node ${relative(folder, path)}`
  return /[\\/]\.bin[\\/]/.test(path) ? 'npx aster' : 'aster'
}
