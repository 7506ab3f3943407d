import { ConfigError } from '@astertrade/core'

/** Turns a text into the ids of its pieces. */
export interface WordPiece {
  /** Ids with the mark of the beginning before and that of the end after, at most `lengthMax`; no text makes it throw. */
  ids(text: string, lengthMax: number): number[]
}

/** What `wordPiece` takes besides the vocabulary. */
export interface WordPieceOptions {
  /** `lower` also drops accents, as vocabularies called uncased want it (default). */
  readonly casing?: 'lower' | 'keep'
}

const charactersMax = 20_000
/** A longer word has no pieces. */
const wordMax = 100
const marks = { unknown: '[UNK]', begin: '[CLS]', end: '[SEP]' } as const

/**
 * The tokeniser of BERT: words and punctuation, each cut into the longest pieces that the vocabulary has, from the left.
 *
 * Devlin and others, BERT (2019), with the rules of its reference implementation; pieces after the first begin with `##`.
 *
 * @param vocabulary - Text of `vocab.txt`: one piece a line, its number the id.
 * @throws ConfigError `BAD_VOCABULARY` if one of the marks is missing.
 * @example
 * wordPiece('[UNK]\n[CLS]\n[SEP]\nprice\n##s').ids('Prices', 16) // => [1, 3, 4, 2]
 */
export function wordPiece(vocabulary: string, options: WordPieceOptions = {}): WordPiece {
  const { casing = 'lower' } = options
  const idOf = new Map(vocabulary.split(/\r?\n/).map((piece, id) => [piece, id]))
  const [unknown, begin, end] = [marks.unknown, marks.begin, marks.end].map((mark) => {
    const id = idOf.get(mark)
    if (id !== undefined) return id
    throw new ConfigError(`The vocabulary of ${idOf.size} pieces lacks ${mark}.`, {
      code: 'BAD_VOCABULARY',
      hints: ['Give the text of the vocab.txt that belongs to the model, one piece a line.'],
    })
  }) as [number, number, number]
  return {
    ids(text, lengthMax) {
      const ids = [begin]
      for (const word of wordsIn(text.slice(0, charactersMax), casing)) {
        ids.push(...(piecesOf(word, idOf) ?? [unknown]))
        if (ids.length >= lengthMax - 1) break
      }
      return [...ids.slice(0, lengthMax - 1), end]
    },
  }
}

function wordsIn(text: string, casing: 'lower' | 'keep'): string[] {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u{fffd}]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
  const plain =
    casing === 'lower'
      ? clean
          .toLowerCase()
          .normalize('NFD')
          .replace(/\p{Mn}/gu, '')
      : clean
  // Signs of Chinese stand for themselves, and so does each mark of punctuation.
  return plain.match(/\p{Script=Han}|[\p{P}$+<=>^`|~]|[^\s\p{P}$+<=>^`|~\p{Script=Han}]+/gu) ?? []
}

function piecesOf(word: string, idOf: ReadonlyMap<string, number>): number[] | undefined {
  const letters = [...word]
  if (letters.length > wordMax) return undefined
  const ids: number[] = []
  for (let start = 0; start < letters.length; ) {
    let end = letters.length
    let id: number | undefined
    for (; end > start; end--) {
      id = idOf.get(`${start > 0 ? '##' : ''}${letters.slice(start, end).join('')}`)
      if (id !== undefined) break
    }
    if (id === undefined) return undefined
    ids.push(id)
    start = end
  }
  return ids
}
