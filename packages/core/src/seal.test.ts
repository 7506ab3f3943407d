import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSealer, genesisSeal } from './seal.js'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('createSealer', () => {
  it('seals every 1000 rows with SHA-256 of the previous seal and the rows', () => {
    const sealer = createSealer()
    const seals: string[] = []
    let text = genesisSeal
    for (let row = 1; row <= 2_500; row++) {
      text += `\nrow ${row}`
      const line = sealer.push(`row ${row}`)
      if (row % 1_000 !== 0) {
        expect(line).toBeUndefined()
        continue
      }
      expect(line).toContain(`{"kind":"seal","rows":1000,"seal":"${sha(text)}","crc":"`)
      expect(sealer.digest).toBe(sha(text))
      text = sha(text)
      seals.push(line!)
    }
    expect([seals.length, sealer.pending]).toEqual([2, 500])
  })

  it('seals on demand, and has nothing to say twice', () => {
    const sealer = createSealer()
    expect(sealer.seal()).toBeUndefined()
    sealer.push('a')
    expect(sealer.seal()).toContain(`"rows":1,"seal":"${sha(`${genesisSeal}\na`)}"`)
    expect(sealer.seal()).toBeUndefined()
    expect(sealer.pending).toBe(0)
  })

  it('goes on from an earlier seal', () => {
    const [first, second] = [createSealer(), createSealer()]
    first.push('a')
    first.seal()
    const resumed = createSealer({ previous: first.digest })
    second.push('a')
    second.seal()
    second.push('b')
    resumed.push('b')
    expect(resumed.seal()).toBe(second.seal())
  })

  it.each(['', 'abc', genesisSeal.replace('0', 'A'), `${genesisSeal}0`])('refuses %j as a seal', (previous) => {
    expect(() => createSealer({ previous })).toThrow(expect.objectContaining({ code: 'BAD_SEAL' }))
    expect(() => createSealer({ previous })).toThrow(`Not a seal: ${JSON.stringify(previous)}.`)
  })
})
