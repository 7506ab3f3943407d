/** Two clusters that join: leaves have numbers below `count`, the k-th join has number `count + k`. */
interface Join {
  readonly left: number
  readonly right: number
}

/**
 * The order of the leaves of a single-linkage tree, so that what is similar stands side by side. Ties go to the smaller
 * numbers; of two clusters the one with the smaller number, the leaf or the earlier join, stands left.
 */
export function quasiDiagonalOrder(count: number, distance: (i: number, j: number) => number): number[] {
  const joins = singleLinkage(count, distance)
  const expand = (cluster: number): number[] => {
    if (cluster < count) return [cluster]
    const { left, right } = joins[cluster - count]!
    return [...expand(left), ...expand(right)]
  }
  return expand(count + joins.length - 1)
}

/** Joins the two nearest clusters until one is left: Kruskal's algorithm on the minimum spanning tree. */
function singleLinkage(count: number, distance: (i: number, j: number) => number): Join[] {
  const edges = spanningTree(count, distance)
  const clusterOf = Array.from({ length: count }, (_, leaf) => leaf)
  return edges.map(({ i, j }, index) => {
    const [a, b] = [clusterOf[i]!, clusterOf[j]!]
    for (let leaf = 0; leaf < count; leaf++) {
      if (clusterOf[leaf] === a || clusterOf[leaf] === b) clusterOf[leaf] = count + index
    }
    return { left: Math.min(a, b), right: Math.max(a, b) }
  })
}

interface Edge {
  readonly i: number
  readonly j: number
  readonly length: number
}

function byLength(a: Edge, b: Edge): number {
  return a.length - b.length || a.i - b.i || a.j - b.j
}

/** Prim's algorithm; the edges in rising order. */
function spanningTree(count: number, distance: (i: number, j: number) => number): Edge[] {
  const edgeTo = (inside: number, leaf: number): Edge => {
    return { i: Math.min(inside, leaf), j: Math.max(inside, leaf), length: distance(inside, leaf) }
  }
  let outside = Array.from({ length: count - 1 }, (_, k) => ({ leaf: k + 1, edge: edgeTo(0, k + 1) }))
  const tree: Edge[] = []
  while (outside.length > 0) {
    const next = outside.reduce((best, entry) => (byLength(entry.edge, best.edge) < 0 ? entry : best))
    tree.push(next.edge)
    outside = outside
      .filter(({ leaf }) => leaf !== next.leaf)
      .map(({ leaf, edge }) => {
        const other = edgeTo(next.leaf, leaf)
        return { leaf, edge: byLength(other, edge) < 0 ? other : edge }
      })
  }
  return tree.sort(byLength)
}
