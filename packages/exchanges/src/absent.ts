/** Absence is an answer; every other failure of the disk is one too, and is thrown. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
