import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectOnnx } from './inspectOnnx.js'
import {
  bytesField,
  integerField,
  integersField,
  joinFields,
  type Message,
  messageField,
  textField,
} from './message.js'
import { encodeGraph, type OnnxGraph, type OnnxNode } from './onnxGraph.js'
import { networkOf, treesOf } from './servables.rig.js'
import { writeOnnx } from './writeOnnx.js'

const network = writeOnnx(networkOf([4, 8, 3], ['relu', 'softmax']))
const trees = writeOnnx(treesOf({ features: 4, outputs: 3, trees: 5, depth: 3, link: 'softmax' }))

function codeOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
  return 'none'
}

/** A file around a graph given by its fields. */
function fileOf(graph: Message, opsets: readonly (readonly [string, number])[] = [['', 17]]): Uint8Array {
  return joinFields([
    integerField(1, 8),
    messageField(7, graph),
    ...opsets.map(([domain, version]) => messageField(8, [textField(1, domain), integerField(2, version)])),
  ])
}

const node = (operator: string, from: string, to: string, extra: Message = []): Uint8Array =>
  messageField(1, [textField(1, from), textField(2, to), textField(4, operator), ...extra])
const value = (name: string): Message => [textField(1, name)]
const tensor = (fields: Message): Uint8Array => messageField(5, [textField(8, 't'), ...fields])
const plain: Message = [messageField(11, value('x')), messageField(12, value('y'))]

describe('inspectOnnx', () => {
  it('tells what is in a file', () => {
    expect(inspectOnnx(network)).toEqual({
      inputs: [{ name: 'x', type: 'float', shape: ['rows', 4] }],
      outputs: [{ name: 'y', type: 'float', shape: ['rows', 3] }],
      operators: ['Gemm', 'Relu', 'Softmax'],
      opsets: { '': 17 },
      nodes: 4,
      parameters: 4 * 8 + 8 + 8 * 3 + 3,
    })
    expect(inspectOnnx(trees)).toMatchObject({
      operators: ['Softmax', 'TreeEnsembleRegressor'],
      opsets: { '': 17, 'ai.onnx.ml': 3 },
    })
  })

  it('looks through as many names as a message may have in a moment', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `v${index}`)
    const bytes = fileOf([
      node('Relu', 'v0', 'y'),
      ...many.map((name) => messageField(5, [integerField(2, 1), textField(8, name)])),
      ...many.map((name) => messageField(11, value(name))),
      messageField(12, value('y')),
    ])
    const started = performance.now()
    expect(inspectOnnx(bytes).inputs).toEqual([])
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('counts a constant that is listed as an input, as old exporters do, as a constant', () => {
    const bytes = fileOf([
      node('Add', 'x', 'y', [textField(1, 't')]),
      tensor([integerField(2, 1)]),
      ...plain,
      messageField(11, value('t')),
    ])
    expect(inspectOnnx(bytes).inputs).toEqual([{ name: 'x', type: '', shape: [] }])
  })

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'it has no graph'],
    ['text', new TextEncoder().encode('not a model'), 'refused'],
    ['an unknown opset', fileOf(plain, [['', 99]]), 'version 99 of its standard operators is not from 7 to 22'],
    [
      'a custom domain',
      fileOf(plain, [
        ['', 17],
        ['com.example', 1],
      ]),
      'it uses the operator domain "com.example"',
    ],
    [
      'a domain without a version',
      fileOf([node('Scaler', 'x', 'y', [textField(7, 'ai.onnx.ml')]), ...plain]),
      'it names no version of its ai.onnx.ml operators',
    ],
    [
      'a node of a custom domain',
      fileOf([node('Relu', 'x', 'y', [textField(7, 'evil')]), ...plain]),
      'it uses the operator domain "evil"',
    ],
    [
      'two versions of a domain',
      fileOf(plain, [
        ['', 17],
        ['ai.onnx', 12],
      ]),
      'domain "" has two versions',
    ],
    ['a loop', fileOf([node('Loop', 'x', 'y'), ...plain]), 'operator "Loop" is not allowed'],
    [
      'an operator named like a method',
      fileOf([node('constructor', 'x', 'y'), ...plain]),
      'operator "constructor" is not allowed',
    ],
    [
      'two constants for one input',
      fileOf([
        node('Relu', 't', 'y'),
        tensor([integerField(2, 1)]),
        tensor([integerField(2, 1)]),
        ...plain,
        messageField(11, value('t')),
      ]),
      'two constants are named "t"',
    ],
    [
      'a cycle',
      fileOf([node('Relu', 'z', 'y'), node('Relu', 'y', 'z'), ...plain]),
      'Relu reads "z" before it is computed; the graph is cyclic or unsorted',
    ],
    [
      'a name given twice',
      fileOf([node('Relu', 'x', 'y'), node('Relu', 'x', 'y'), ...plain]),
      'two values are named "y"',
    ],
    ['a lost output', fileOf(plain), 'nothing gives its output "y"'],
    [
      'data in another file',
      fileOf([
        tensor([integerField(2, 1), messageField(13, [textField(1, 'location'), textField(2, '../../etc/passwd')])]),
        ...plain,
      ]),
      'tensor "t" keeps its data in another file',
    ],
    [
      'a mark of data elsewhere',
      fileOf([tensor([integerField(2, 1), integerField(14, 1)]), ...plain]),
      'tensor "t" keeps its data in another file',
    ],
    [
      'a shape that overflows',
      fileOf([tensor([integersField(1, [2 ** 31, 2 ** 31, 2 ** 31]), integerField(2, 1)]), ...plain]),
      'tensor "t" has the shape [2147483648,',
    ],
    [
      'a negative length',
      fileOf([tensor([integerField(1, -1), integerField(2, 1)]), ...plain]),
      'tensor "t" has the shape [-1]',
    ],
    [
      'too many parameters',
      fileOf([...Array.from({ length: 2 }, () => tensor([integerField(1, 4e7), integerField(2, 1)])), ...plain]),
      'it holds over 50000000 parameters',
    ],
    [
      'too many dimensions',
      fileOf([tensor([integersField(1, Array(9).fill(1)), integerField(2, 1)]), ...plain]),
      'tensor "t" has 9 dimensions',
    ],
    ['text tensors', fileOf([tensor([integerField(2, 8)]), ...plain]), 'tensor "t" has type 8'],
    [
      'raw data of another length',
      fileOf([tensor([integerField(1, 2), integerField(2, 1), bytesField(9, new Uint8Array(7))]), ...plain]),
      'tensor "t" has 7 bytes for 2 numbers',
    ],
    [
      'functions',
      joinFields([fileOf(plain), messageField(25, [])]),
      'the model has the field 25, which is not allowed',
    ],
    ['training information', joinFields([fileOf(plain), messageField(20, [])]), 'the model has the field 20'],
    ['a sparse tensor', fileOf([messageField(15, []), ...plain]), 'a graph has the field 15'],
    ['a graph in two parts', joinFields([fileOf(plain), messageField(7, plain)]), 'the model has field 7 twice'],
    [
      'a sequence',
      fileOf([messageField(11, [textField(1, 'x'), messageField(2, [messageField(4, [])])])]),
      'has the field 4, which is not allowed',
    ],
    ['a wrong wire type', joinFields([textField(1, 'x')]), 'it has no graph'],
    [
      'an attribute twice',
      fileOf([node('Relu', 'x', 'y', Array(2).fill(messageField(5, [textField(1, 'a')]))), ...plain]),
      'attribute "a" is given twice',
    ],
    ['no UTF-8', fileOf([messageField(11, [bytesField(1, Uint8Array.of(0xff))])]), 'a name is no UTF-8'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => inspectOnnx(bytes)).toThrow(message)
    expect(codeOf(() => inspectOnnx(bytes))).toBe('ONNX')
  })

  it('refuses graphs nested over 3 deep, and names given inside that are known outside', () => {
    const scan = (body: OnnxGraph, to: string): OnnxNode => ({
      operator: 'Scan',
      inputs: ['x'],
      outputs: [to],
      attributes: { body: { kind: 'graph', value: body }, num_scan_inputs: { kind: 'int', value: 1 } },
    })
    const nested = (depth: number): OnnxGraph => ({
      name: 'g',
      constants: [],
      inputs: depth === 0 ? [{ name: 'x', type: 'float', shape: [] }] : [],
      nodes: [
        depth === 3 ? { operator: 'Relu', inputs: ['x'], outputs: ['y3'] } : scan(nested(depth + 1), `y${depth}`),
      ],
      outputs: [{ name: `y${depth}`, type: 'float', shape: [] }],
    })
    expect(() => inspectOnnx(encodeGraph(nested(0)))).toThrow('its graphs are nested over 3 deep')
    expect(inspectOnnx(encodeGraph({ ...nested(1), inputs: nested(0).inputs })).nodes).toBe(3)
    const shadow: OnnxGraph = { ...nested(3), inputs: [{ name: 'x', type: 'float', shape: [] }] }
    expect(() => inspectOnnx(encodeGraph({ ...nested(0), nodes: [scan(shadow, 'y0')] }))).toThrow(
      'two values are named "x"',
    )
  })

  it('refuses too many nodes and attribute items, and large files, before it takes memory for them', () => {
    const many = fileOf([...Array.from({ length: 100_001 }, () => messageField(1, [])), ...plain])
    expect(() => inspectOnnx(many)).toThrow('it has over 100000 nodes')
    const floats = messageField(5, [textField(1, 'a'), bytesField(7, new Uint8Array(21_000_000))])
    expect(() => inspectOnnx(fileOf([node('Relu', 'x', 'y', [floats]), ...plain]))).toThrow('hold over 5000000 items')
    const empty = new Uint8Array(20_000_000).map((_, at) => (at % 2 === 0 ? 0x0a : 0))
    expect(() => inspectOnnx(fileOf([empty]))).toThrow('a message of it has over 1000000 fields')
    expect(() => inspectOnnx(new Uint8Array(67_108_865))).toThrow('it has 67108865 bytes, more than 67108864')
  })

  it('reads changed bytes as a model or refuses them with its code', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.constantFrom(network, trees), edits, fc.nat(30), (whole, changes, cut) => {
        const bytes = whole.slice(0, whole.length - cut)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        expect(['none', 'ONNX']).toContain(codeOf(() => inspectOnnx(bytes)))
      }),
    )
  })

  it('reads any bytes as a model or refuses them with its code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['none', 'ONNX']).toContain(codeOf(() => inspectOnnx(bytes)))
      }),
    )
  })
})
