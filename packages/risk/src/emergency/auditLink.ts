import { canonicalJson, createHasher } from '@astertrade/core'

/** One link: what was done, and the hash over it and everything before. */
export interface AuditLink<T = unknown> {
  readonly entry: T
  readonly hash: string
}

/** The hash before the first link. */
export const auditStart = '0'.repeat(64)

/**
 * Adds an entry to a chain of hashes: `SHA-256(hash before, entry as canonical JSON)`.
 *
 * @throws ConfigError `NOT_PLAIN_DATA` if the entry holds a function, a class instance or something else that is no plain data.
 * @example
 * const chain = addToAudit([], { kind: 'requested', by: 'ann' })
 * auditFlaw(chain) // => undefined
 */
export function addToAudit<T>(chain: readonly AuditLink<T>[], entry: T): readonly AuditLink<T>[] {
  const before = chain.at(-1)?.hash ?? auditStart
  return [...chain, { entry, hash: linkHash(before, entry) }]
}

/**
 * Index of the first link that does not fit what is before it; undefined for a chain that is whole.
 *
 * A changed, removed or moved entry breaks the chain. A tail that was cut off does not: give the hash that was kept outside as `anchor`,
 * and its absence is a flaw at the end.
 */
export function auditFlaw(chain: readonly AuditLink[], anchor?: string): number | undefined {
  let before = auditStart
  for (const [index, { entry, hash }] of chain.entries()) {
    if (hash !== linkHash(before, entry)) return index
    before = hash
  }
  const isWhole = anchor === undefined || anchor === auditStart || chain.some(({ hash }) => hash === anchor)
  return isWhole ? undefined : chain.length
}

function linkHash(before: string, entry: unknown): string {
  return createHasher().text(before).text(canonicalJson(entry)).digest()
}
