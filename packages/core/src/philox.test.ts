import { describe, expect, it } from 'vitest'
import { philox } from './philox.js'

const hex = (words: Uint32Array): string => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ')

// Known answers published with the Random123 library, file kat_vectors, lines `philox4x32 10`.
const vectors = [
  [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const

describe('philox', () => {
  it.each(vectors)('gives the published answer for counter %o and key %o', (counter, key, expected) => {
    const out = new Uint32Array(4)
    philox(Uint32Array.from(counter), Uint32Array.from(key), out)
    expect(hex(out)).toBe(expected)
  })

  it('may write over its counter and leaves the key alone', () => {
    const [counter, key, expected] = vectors[2]
    const words = Uint32Array.from(counter)
    const same = Uint32Array.from(key)
    philox(words, same, words)
    expect(hex(words)).toBe(expected)
    expect([...same]).toEqual(key)
  })
})
