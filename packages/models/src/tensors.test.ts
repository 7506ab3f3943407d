import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTensors, encodeTensors, type Tensor, type TensorData } from './tensors.js'

const arrays: fc.Arbitrary<TensorData> = fc.oneof(
  fc.float32Array({ maxLength: 12 }),
  fc.float64Array({ maxLength: 12 }),
  fc.int32Array({ maxLength: 12 }),
  fc.uint8Array({ maxLength: 12 }),
)
const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9./]{0,8}$/), { maxLength: 5 })
const lists: fc.Arbitrary<readonly Tensor[]> = names.chain((all) =>
  fc
    .tuple(...all.map(() => arrays))
    .map((data) =>
      data.map((numbers, index) => ({ name: all[index]!, shape: shapeOf(numbers.length), data: numbers })),
    ),
)

function shapeOf(length: number): readonly number[] {
  if (length === 1) return []
  return length % 2 === 0 && length > 0 ? [2, length / 2] : [length]
}

function codeOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
  return 'none'
}

describe('encodeTensors', () => {
  it('gives back every tensor in order, and the same bytes from them', () => {
    fc.assert(
      fc.property(lists, (tensors) => {
        const bytes = encodeTensors(tensors)
        const back = [...decodeTensors(bytes).values()]
        expect(back).toEqual(tensors)
        expect(encodeTensors(back)).toEqual(bytes)
      }),
    )
  })

  it('has the length its documentation shows', () => {
    expect(encodeTensors([{ name: 'bias', shape: [2], data: Float32Array.of(1, 2) }])).toHaveLength(31)
  })

  it('writes little-endian numbers and one NaN', () => {
    const payload = new Float32Array(Uint32Array.of(0x7fa00001).buffer)
    const bytes = encodeTensors([
      { name: 'a', shape: [], data: Int32Array.of(-2) },
      { name: 'b', shape: [], data: payload },
      { name: 'c', shape: [], data: Float64Array.of(Number.NaN) },
    ])
    expect([...bytes.subarray(16, 20)]).toEqual([0xfe, 0xff, 0xff, 0xff])
    expect([...bytes.subarray(24, 28)]).toEqual([0, 0, 0xc0, 0x7f])
    expect([...bytes.subarray(-8)]).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x7f])
  })

  it.each<[string, readonly Tensor[], string]>([
    [
      'another length',
      [{ name: 'a', shape: [2, 2], data: new Uint8Array(3) }],
      'of shape [2, 2] holds 3 numbers, not 4.',
    ],
    ['no name', [{ name: '', shape: [0], data: new Uint8Array(0) }], 'Tensor name "" is not 1 to 200'],
    ['a name out of ASCII', [{ name: 'é', shape: [0], data: new Uint8Array(0) }], 'Tensor name "é"'],
    ['a taken name', Array(2).fill({ name: 'a', shape: [0], data: new Uint8Array(0) }), 'Two tensors are named "a".'],
    ['a fraction', [{ name: 'a', shape: [0.5], data: new Uint8Array(0) }], 'has the shape [0.5]'],
    ['too many dimensions', [{ name: 'a', shape: Array(9).fill(1), data: new Uint8Array(1) }], 'has 9 dimensions.'],
    [
      'an overflow',
      [{ name: 'a', shape: [2 ** 31, 2 ** 31, 4], data: new Uint8Array(0) }],
      'has the shape [2147483648,',
    ],
    [
      'too many bytes',
      [{ name: 'a', shape: [9e6], data: new Float64Array(9e6) }],
      'take 72000020 bytes; at most 67108864',
    ],
  ])('refuses %s', (_, tensors, message) => {
    expect(() => encodeTensors(tensors)).toThrow(message)
    expect(codeOf(() => encodeTensors(tensors))).toBe('ARTIFACT')
  })
})

describe('decodeTensors', () => {
  it('reads changed bytes as tensors or refuses them with its code', () => {
    const changes = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(lists, changes, fc.integer({ min: -20, max: 20 }), (tensors, edits, growth) => {
        const whole = encodeTensors(tensors)
        const bytes = new Uint8Array(Math.max(0, whole.length + growth))
        bytes.set(whole.subarray(0, bytes.length))
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        expect(['none', 'ARTIFACT']).toContain(codeOf(() => decodeTensors(bytes)))
      }),
    )
  })

  it('refuses any bytes that end early or late', () => {
    fc.assert(
      fc.property(lists, fc.nat(400), (tensors, cut) => {
        const bytes = encodeTensors(tensors)
        expect(codeOf(() => decodeTensors(bytes.subarray(0, cut % bytes.length)))).toBe('ARTIFACT')
        expect(codeOf(() => decodeTensors(new Uint8Array([...bytes, 0])))).toBe('ARTIFACT')
      }),
    )
  })

  it('takes no memory for a size that the file cannot hold', () => {
    const bytes = encodeTensors([{ name: 'a', shape: [4, 4], data: new Float64Array(16) }])
    const view = new DataView(bytes.buffer)
    view.setUint32(16, 5_000_000, true)
    expect(() => decodeTensors(bytes)).toThrow('The tensors are cut short after 152 bytes.')
    view.setUint32(16, 0xffffffff, true)
    expect(() => decodeTensors(bytes)).toThrow('has the shape [4294967295, 4]; at most 50000000 numbers are read.')
    view.setUint32(8, 0xffffffff, true)
    expect(() => decodeTensors(bytes)).toThrow('holds 4294967295 tensors; at most 10000 are read.')
    expect(() => decodeTensors(new Uint8Array(70_000_000))).toThrow('take 70000000 bytes')
    expect(() => decodeTensors(new Uint8Array(70))).toThrow('These 70 bytes hold no tensors')
  })

  it('reads bytes that lie inside others', () => {
    const tensors: readonly Tensor[] = [{ name: 'a', shape: [2], data: Float64Array.of(1.5, -2) }]
    const bytes = encodeTensors(tensors)
    const inside = new Uint8Array(bytes.length + 3)
    inside.set(bytes, 3)
    expect([...decodeTensors(inside.subarray(3)).values()]).toEqual(tensors)
  })
})
