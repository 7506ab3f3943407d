import { describe, expect, it } from 'vitest'
import { type KeptParts, packParts, unpackParts } from './keptParts.js'

const kept = (): KeptParts => ({
  done: new Map([
    [3, Uint8Array.of(1, 10, 2)],
    [0, Uint8Array.of()],
  ]),
  running: new Map([[1, Uint8Array.of(10, 10)]]),
})
const packed = packParts('mine', kept())

/** The packed parts with another first line. */
function headed(change: (head: { identity: string; parts: object[] }) => unknown): Uint8Array {
  const end = packed.indexOf(10)
  const head = JSON.parse(new TextDecoder().decode(packed.subarray(0, end)))
  return Buffer.concat([Buffer.from(`${JSON.stringify(change(head))}\n`), packed.subarray(end + 1)])
}

describe('packParts', () => {
  it('keeps what is done and what is under way', () => {
    expect(unpackParts(packed, 'mine', 4)).toEqual(kept())
  })

  it('is refused by another training', () => {
    expect(() => unpackParts(packed, 'yours', 4)).toThrow(
      expect.objectContaining({
        code: 'BAD_CHECKPOINT',
        message: expect.stringContaining('The checkpoint is of another training.'),
      }),
    )
  })

  it.each([
    ['is empty', new Uint8Array(0)],
    ['is no line', Uint8Array.of(1, 2, 3)],
    ['begins with a bare line end', Uint8Array.of(10)],
    ['is cut short', packed.subarray(0, -1)],
    ['is longer', Buffer.concat([packed, Uint8Array.of(0)])],
    ['has a changed byte', Uint8Array.from(packed).fill(7, -1)],
    ['has no list', headed(({ identity }) => ({ identity }))],
    ['names no part', headed(({ identity, parts }) => ({ identity, parts: [null, ...parts] }))],
    ['has a negative length', headed((head) => ({ ...head, parts: head.parts.map((one) => ({ ...one, bytes: -1 })) }))],
    ['has a part twice', headed((head) => ({ ...head, parts: head.parts.map((one) => ({ ...one, part: 0 })) }))],
    ['has an unknown state', headed((head) => ({ ...head, parts: head.parts.map((one) => ({ ...one, state: 'x' })) }))],
  ])('is refused where it %s', (_name, bytes) => {
    const run = () => unpackParts(bytes, 'mine', 4)
    expect(run).toThrow('The checkpoint is damaged.\n  Start anew: what it held cannot be used.')
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_CHECKPOINT' }))
  })

  it('is refused where it has a part that the training has not', () => {
    expect(() => unpackParts(packed, 'mine', 3)).toThrow('The checkpoint is damaged.')
  })
})
