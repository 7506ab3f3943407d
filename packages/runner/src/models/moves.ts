import { link, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '@astertrade/core'
import type { ModelStage, StageMove } from '@astertrade/models'
import { badModelFolder } from './badModelFolder.js'
import { discard } from './storedArtifact.js'
import { syncFolder, writeFlushed } from './writeFlushed.js'

const name = /^\d{8}\.json$/
const hex = /^[0-9a-f]{64}$/
const stages: readonly ModelStage[] = ['candidate', 'shadow', 'live', 'retired']
/** Tries to be the one who writes the next file, while other programs write too. */
const triesMax = 100

let parts = 0

/**
 * The moves of an id, oldest first. Each file holds the moves that were made at once, and the files are numbered without a gap.
 *
 * @throws ConfigError with code `ARTIFACT` if a file is damaged or missing.
 */
export async function readMoves(folder: string, id: string): Promise<readonly StageMove[]> {
  return (await readMoveFiles(folder, id)).flat()
}

async function readMoveFiles(folder: string, id: string): Promise<readonly (readonly StageMove[])[]> {
  const home = join(folder, id, 'moves')
  const names = (await readdir(home).catch(() => [])).filter((file) => name.test(file)).sort()
  return Promise.all(
    names.map(async (file, index) => {
      if (file !== fileName(index)) throw damaged(id, `${fileName(index)} is missing`)
      return parseMoves(id, file, await readFile(join(home, file), 'utf8'))
    }),
  )
}

/**
 * Adds the moves that follow from those so far, in a file that appears at once. Where another program was faster, it looks again.
 *
 * @returns What was added; nothing is written for no moves.
 * @throws ConfigError with code `BAD_FOLDER`, or what `follow` throws.
 */
export async function appendMoves(
  folder: string,
  id: string,
  follow: (moves: readonly StageMove[]) => readonly StageMove[],
): Promise<readonly StageMove[]> {
  const home = join(folder, id, 'moves')
  for (let attempt = 0; attempt < triesMax; attempt++) {
    const files = await readMoveFiles(folder, id)
    const added = follow(files.flat())
    if (added.length === 0) return added
    const part = join(home, `.part-${process.pid}-${parts++}`)
    try {
      await mkdir(home, { recursive: true })
      const [file, text] = movesFile(files.length, added)
      await writeFlushed(part, text)
      // A link, unlike a rename, fails where a file of that name is.
      await link(part, join(home, file))
      await syncFolder(home)
      return added
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw badModelFolder(folder, cause)
    } finally {
      await discard(part)
    }
  }
  throw badModelFolder(folder, new Error(`other programs were faster ${triesMax} times`))
}

/** Name and text of the file of moves that comes after so many others. */
export function movesFile(index: number, moves: readonly StageMove[]): readonly [name: string, text: string] {
  return [fileName(index), `${JSON.stringify(moves)}\n`]
}

function fileName(index: number): string {
  return `${String(index + 1).padStart(8, '0')}.json`
}

function parseMoves(id: string, file: string, text: string): readonly StageMove[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(id, `${file} is no JSON`)
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isMove)) throw damaged(id, `${file} holds no moves`)
  return value
}

function isMove(value: unknown): value is StageMove {
  if (typeof value !== 'object' || value === null) return false
  const { address, stage, by, at } = value as Readonly<Record<string, unknown>>
  return (
    typeof address === 'string' &&
    hex.test(address) &&
    stages.includes(stage as ModelStage) &&
    typeof by === 'string' &&
    Number.isSafeInteger(at)
  )
}

function damaged(id: string, problem: string): ConfigError {
  return new ConfigError(`The moves of "${id}" are damaged: ${problem}.`, {
    code: 'ARTIFACT',
    hints: ['Bring the file back from a copy; the artifacts themselves are not touched.'],
  })
}
