import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { ConfigError } from './errors.js'
import { signLine } from './journal/line.js'

/** The digest that the first seal of a journal goes on from. */
export const genesisSeal: string = /* @__PURE__ */ '0'.repeat(64)

/** Rows after which a seal is due. */
export const rowsPerSeal = 1_000

/** Chains the rows of a journal, so that an altered, deleted or reordered past shows. */
export interface Sealer {
  /** Adds a written line; returns the seal line to write after it, where one is due. */
  push(line: string): string | undefined
  /** Seals what is not sealed yet, as after one second or before closing; undefined if there is nothing. */
  seal(): string | undefined
  /** Digest of the newest seal. */
  readonly digest: string
  /** Rows since then. */
  readonly pending: number
}

/** What `createSealer` takes. */
export interface SealerOptions {
  /** Digest of the newest seal of the journal that goes on (default `genesisSeal`). */
  readonly previous?: string
}

/**
 * Starts sealing: each seal line holds SHA-256(previous seal, then the rows since, each after a line feed).
 *
 * A journal that goes on pushes the rows behind its newest seal again.
 *
 * @throws ConfigError if `previous` is not 64 lower-case hex digits.
 */
export function createSealer(options: SealerOptions = {}): Sealer {
  let digest = options.previous ?? genesisSeal
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new ConfigError(`Not a seal: ${JSON.stringify(digest).slice(0, 80)}.`, {
      code: 'BAD_SEAL',
      hints: ['A seal is a SHA-256 in 64 lower-case hex digits; leave `previous` out for a new journal.'],
    })
  }
  let chain = createChain(digest)
  const seal = (): string | undefined => {
    if (chain.rows === 0) return undefined
    digest = chain.digest()
    const line = sealLine(chain.rows, digest)
    chain = createChain(digest)
    return line
  }
  return {
    push(line) {
      chain.add(line)
      return chain.rows === rowsPerSeal ? seal() : undefined
    },
    seal,
    get digest() {
      return digest
    },
    get pending() {
      return chain.rows
    },
  }
}

/** The rows between two seals. */
export interface Chain {
  add(line: string): void
  /** Rows added. */
  readonly rows: number
  /** The seal of the rows so far. */
  digest(): string
}

/** Starts the hash that follows a seal. */
export function createChain(previous: string): Chain {
  const sha = sha256.create().update(utf8ToBytes(previous))
  let rows = 0
  return {
    add(line) {
      sha.update(utf8ToBytes(`\n${line}`))
      rows++
    },
    get rows() {
      return rows
    },
    digest: () => bytesToHex(sha.clone().digest()),
  }
}

/** How every seal line begins. */
export const sealStart = '{"kind":"seal",'

/** The line that seals `rows` rows. */
export function sealLine(rows: number, digest: string): string {
  return signLine(`${sealStart}"rows":${rows},"seal":"${digest}"}`)
}
