import { ConfigError } from '@astertrade/core'
import type { ModelStage, ModelVersion, MoveAuthor, StageMove } from '../repository.js'

const next: Readonly<Record<ModelStage, readonly ModelStage[]>> = {
  candidate: ['shadow', 'retired'],
  shadow: ['live', 'retired'],
  live: ['retired'],
  retired: [],
}
const authorMax = 200

/** The versions that a history of moves leaves, in the order of their first moves. */
export function versionsOf(moves: readonly StageMove[]): readonly ModelVersion[] {
  const histories = new Map<string, StageMove[]>()
  for (const move of moves) {
    const history = histories.get(move.address)
    if (history) history.push(move)
    else histories.set(move.address, [move])
  }
  return [...histories].map(([address, history]) => ({ address, stage: history.at(-1)!.stage, moves: history }))
}

/** The move that a stored artifact begins with; none if it is known already. */
export function candidateMoves(moves: readonly StageMove[], address: string, author: MoveAuthor): readonly StageMove[] {
  requireAuthor(author)
  return moves.some((move) => move.address === address) ? [] : [moveTo(address, 'candidate', author)]
}

/**
 * The moves of a promotion: the live version retires first where another goes live.
 *
 * @throws ConfigError with code `UNKNOWN_MODEL` or `BAD_STAGE`.
 */
export function promotionMoves(
  moves: readonly StageMove[],
  id: string,
  { address, stage, by, at }: StageMove,
): readonly StageMove[] {
  const author = { by, at }
  requireAuthor(author)
  const versions = versionsOf(moves)
  const version = versions.find((known) => known.address === address)
  if (version === undefined) throw unknownModel(id, address)
  if (!next[version.stage].includes(stage)) {
    throw new ConfigError(
      `Version ${address.slice(0, 12)} of "${id}" is ${version.stage} and cannot become ${stage}.`,
      {
        code: 'BAD_STAGE',
        hints: [
          'Stages follow each other: candidate, shadow, live, retired; any may retire. rollback() brings one back.',
        ],
      },
    )
  }
  const incumbent = stage === 'live' ? versions.find((known) => known.stage === 'live') : undefined
  return [...(incumbent ? [moveTo(incumbent.address, 'retired', author)] : []), moveTo(address, stage, author)]
}

/**
 * The moves of a rollback: the live version retires, and the retired one that was live last comes back. One that was rolled back
 * from does not.
 *
 * @throws ConfigError with code `NO_PREVIOUS`.
 */
export function rollbackMoves(moves: readonly StageMove[], id: string, author: MoveAuthor): readonly StageMove[] {
  requireAuthor(author)
  const line = liveLine(moves)
  const [previous, current] = [line.at(-2), line.at(-1)]
  if (previous === undefined || current === undefined) {
    throw new ConfigError(`No version of "${id}" was live before.`, {
      code: 'NO_PREVIOUS',
      hints: ['Promote another version to live, or retire the live one.'],
    })
  }
  const isLive = versionsOf(moves).some((version) => version.address === current && version.stage === 'live')
  return [...(isLive ? [moveTo(current, 'retired', author)] : []), moveTo(previous, 'live', author)]
}

/** What was live one after another, without what was rolled back from. */
function liveLine(moves: readonly StageMove[]): readonly string[] {
  const line: string[] = []
  for (const { address, stage } of moves) {
    if (stage !== 'live') continue
    if (line.at(-2) === address) line.pop()
    else line.push(address)
  }
  return line
}

function moveTo(address: string, stage: ModelStage, { by, at }: MoveAuthor): StageMove {
  return { address, stage, by, at }
}

function requireAuthor({ by, at }: MoveAuthor): void {
  const named = typeof by === 'string' && by.trim() !== '' && by.length <= authorMax
  if (named && Number.isSafeInteger(at)) return
  throw new ConfigError(`A move by ${JSON.stringify(by)} at ${at} has no author or no time.`, {
    code: 'BAD_AUTHOR',
    hints: ["Say who and when, such as { by: 'retraining', at: timestamp('2025-01-31') }."],
  })
}

/** The error for a version that is not there. */
export function unknownModel(id: string, address: string): ConfigError {
  return new ConfigError(`There is no version ${JSON.stringify(address).slice(0, 20)} of "${id}".`, {
    code: 'UNKNOWN_MODEL',
    hints: ['list(id) tells the addresses of its versions, ids() the known ids.'],
  })
}
