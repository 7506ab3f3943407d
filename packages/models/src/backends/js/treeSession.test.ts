import { createRandom, type RandomStream } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TreeEnsemble } from '../treeEnsemble.js'
import { jsSession } from './jsSession.js'

/** x0 <= 1 ? (x1 <= -1 ? 10 : 20) : 30, on output 1; and a leaf of 5 on output 0. */
const trees: TreeEnsemble = {
  kind: 'trees',
  features: 2,
  outputs: 2,
  link: 'identity',
  base: Float32Array.of(0.5, 0.25),
  roots: Int32Array.of(0, 5),
  treeOutput: Int32Array.of(1, 0),
  feature: Int32Array.of(0, 1, -1, -1, -1, -1),
  threshold: Float32Array.of(1, -1, 0, 0, 0, 0),
  left: Int32Array.of(1, 2, -1, -1, -1, -1),
  right: Int32Array.of(4, 3, -1, -1, -1, -1),
  value: Float32Array.of(0, 0, 10, 20, 30, 5),
}

function say(model: TreeEnsemble, rows: readonly (readonly number[])[]): number[] {
  const out = new Float32Array(rows.length * model.outputs)
  jsSession(model).runSync(Float32Array.from(rows.flat()), rows.length, out)
  return [...out]
}

it('goes left at the threshold and right above it, and on NaN', () => {
  expect(
    say(trees, [
      [1, -1],
      [1, 0],
      [1.1, -5],
      [Number.NaN, -5],
    ]),
  ).toEqual([5.5, 10.25, 5.5, 20.25, 5.5, 30.25, 5.5, 30.25])
})

it('turns sums into probabilities', () => {
  const [low, high] = say({ ...trees, link: 'softmax', value: Float32Array.of(0, 0, 1, 1, 1, 0) }, [[0, 0]])
  expect(high! / low!).toBeCloseTo(Math.exp(0.75), 5)
  expect(low! + high!).toBeCloseTo(1, 6)
})

/** Grows a tree into columns, children behind parents; returns the place of its root. */
function grow(random: RandomStream, depth: number, columns: number[][]): number {
  const at = columns.length
  const leaf = depth === 0 || random.uniform() < 0.2
  const node = [leaf ? -1 : random.integer(0, 2), random.integer(-2, 2), -1, -1, leaf ? random.normal() : 0]
  columns.push(node)
  if (!leaf) {
    node[2] = grow(random, depth - 1, columns)
    node[3] = grow(random, depth - 1, columns)
  }
  return at
}

it('reaches the leaves that a walk by the definition reaches', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 6 }), (seed, count) => {
      const random = createRandom(seed).stream('trees')
      const nodes: number[][] = []
      const roots = Array.from({ length: count }, () => grow(random, 4, nodes))
      const column = (index: number): number[] => nodes.map((node) => node[index]!)
      const model: TreeEnsemble = {
        ...trees,
        features: 3,
        outputs: 1,
        base: Float32Array.of(1),
        roots: Int32Array.from(roots),
        treeOutput: new Int32Array(count),
        feature: Int32Array.from(column(0)),
        threshold: Float32Array.from(column(1)),
        left: Int32Array.from(column(2)),
        right: Int32Array.from(column(3)),
        value: Float32Array.from(column(4)),
      }
      const row = Array.from({ length: 3 }, () => (random.uniform() < 0.1 ? Number.NaN : random.integer(-3, 3)))
      const walk = (at: number): number =>
        nodes[at]![0]! < 0
          ? Math.fround(nodes[at]![4]!)
          : walk(nodes[at]![row[nodes[at]![0]!]! <= nodes[at]![1]! ? 2 : 3]!)
      expect(say(model, [row])[0]).toBe(Math.fround(roots.reduce((sum, root) => sum + walk(root), 1)))
    }),
  )
})

/** Trees that go on to the right at each of so many nodes; the leaf of the node at `index` is `-index`, and the last is 1. */
function chain(nodes: number, count: number): TreeEnsemble {
  const inner = Array.from({ length: nodes }, (_, index) => index)
  return {
    ...trees,
    features: 1,
    outputs: 1,
    base: Float32Array.of(0),
    roots: new Int32Array(count),
    treeOutput: new Int32Array(count),
    feature: Int32Array.from([...inner.map(() => 0), ...inner.map(() => -1), -1]),
    threshold: Float32Array.from([...inner, ...inner.map(() => 0), 0]),
    left: Int32Array.from([...inner.map((index) => nodes + index), ...inner.map(() => -1), -1]),
    right: Int32Array.from([
      ...inner.map((index) => (index < nodes - 1 ? index + 1 : 2 * nodes)),
      ...inner.map(() => -1),
      -1,
    ]),
    value: Float32Array.from([...inner.map(() => 0), ...inner.map((index) => -index), 1]),
  }
}

it.each([1, 4, 5])('walks %i trees that are as deep as they have nodes', (count) => {
  const rows = [[-1], [0.5], [17], [298.5], [400], [Number.NaN]]
  expect(say(chain(300, count), rows)).toEqual([0, -1, -17, -299, 1, 1].map((value) => value * count))
})

it('serves nodes that many parents share without writing them out for each', () => {
  const [depth, leaf] = [60, [-1, 0, -1, -1, 7]]
  const nodes = [...Array.from({ length: depth }, (_, at) => [0, 0, at + 1, at + 1, 0]), leaf]
  const column = (index: number): number[] => nodes.map((node) => node[index]!)
  const shared: TreeEnsemble = {
    ...chain(1, 1),
    feature: Int32Array.from(column(0)),
    threshold: Float32Array.from(column(1)),
    left: Int32Array.from(column(2)),
    right: Int32Array.from(column(3)),
    value: Float32Array.from(column(4)),
  }
  expect(say(shared, [[-1], [1]])).toEqual([7, 7])
})

describe('refuses trees that cannot be walked', () => {
  it.each<[string, Partial<TreeEnsemble>]>([
    ['Trees have "0" features', { features: 0 }],
    ['Trees have "1" bases for 2 outputs', { base: Float32Array.of(1) }],
    ['Trees have a base that is not finite', { base: Float32Array.of(1, Number.NaN) }],
    ['Trees have "1" outputs for 2 trees', { treeOutput: Int32Array.of(0) }],
    ['Trees have a root "9" of 6', { roots: Int32Array.of(0, 9) }],
    ['Trees have an output of a tree "2" of 2', { treeOutput: Int32Array.of(0, 2) }],
    ['Trees have columns of "2" and 6 nodes', { left: Int32Array.of(1, 2) }],
    ['Trees have the value "NaN" at node 2', { value: Float32Array.of(0, 0, Number.NaN, 0, 0, 0) }],
    ['Trees ask for feature "7" of 2', { feature: Int32Array.of(7, 1, -1, -1, -1, -1) }],
    ['Trees have the threshold "NaN" at node 0', { threshold: Float32Array.of(Number.NaN, 0, 0, 0, 0, 0) }],
    ['Trees lead from node 0 to node "0" of 6', { left: Int32Array.of(0, 2, -1, -1, -1, -1) }],
    ['Trees lead from node 1 to node "6" of 6', { right: Int32Array.of(4, 6, -1, -1, -1, -1) }],
  ])('%s', (message, change) => {
    const open = (): unknown => jsSession({ ...trees, ...change })
    expect(open).toThrow(expect.objectContaining({ code: 'BACKEND', message: expect.stringContaining(`${message}.`) }))
  })
})
