import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditLink, addToAudit, auditFlaw, auditStart } from './auditLink.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 300)
const entry = fc.record({ kind: fc.constantFrom('a', 'b'), text: fc.string({ maxLength: 8 }), n: fc.integer() })
const chainOf = (entries: readonly unknown[]): readonly AuditLink[] =>
  entries.reduce<readonly AuditLink[]>((chain, each) => addToAudit(chain, each), [])

describe('a chain of hashes', () => {
  it('is whole as it was made, empty too', () => {
    expect(auditStart).toMatch(/^0{64}$/)
    expect(auditFlaw([])).toBeUndefined()
    expect(auditFlaw([], auditStart)).toBeUndefined()
    expect(auditFlaw([], 'f'.repeat(64))).toBe(0)
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        const chain = chainOf(entries)
        expect(auditFlaw(chain)).toBeUndefined()
        expect(auditFlaw(chain, chain.at(-1)?.hash ?? auditStart)).toBeUndefined()
      }),
      { numRuns },
    )
  })

  it('shows any change, loss or exchange of its links, and with an anchor a lost tail', () => {
    const input = fc.record({
      entries: fc.array(entry, { minLength: 2, maxLength: 12 }),
      place: fc.nat(),
      bit: fc.nat(255),
    })
    fc.assert(
      fc.property(input, ({ entries, place, bit }) => {
        const chain = chainOf(entries)
        const index = place % chain.length
        const link = chain[index]!
        const changed = { ...(link.entry as object), n: (link.entry as { n: number }).n ^ (1 << (bit % 31)) }
        expect(auditFlaw(chain.with(index, { ...link, entry: changed }))).toBe(index)
        const digit = link.hash[bit % 64]!
        const other = (Number.parseInt(digit, 16) ^ 1).toString(16)
        const hash = link.hash.slice(0, bit % 64) + other + link.hash.slice((bit % 64) + 1)
        expect(auditFlaw(chain.with(index, { ...link, hash }))).toBeLessThanOrEqual(index + 1)
        if (index < chain.length - 1) {
          expect(auditFlaw(chain.filter((_, i) => i !== index))).toBe(index)
          const swapped = chain.with(index, chain[index + 1]!).with(index + 1, link)
          expect(auditFlaw(swapped)).toBe(index)
        }
        expect(auditFlaw(chain.slice(0, -1), chain.at(-1)!.hash)).toBe(chain.length - 1)
        expect(auditFlaw(chain.slice(0, -1))).toBeUndefined()
      }),
      { numRuns },
    )
  })

  it('takes plain data only', () => {
    expect(() => addToAudit([], { f: () => 1 })).toThrow('Not plain data')
  })
})
