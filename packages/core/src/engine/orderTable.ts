import type { OrderId, OrderRequest } from '../order.js'

interface Listed {
  readonly request: OrderRequest
}

/**
 * Orders under way, oldest first.
 *
 * Ids rise, so nearly all come in order and an array of them stays sorted: a search is a bisection, and there are rarely more
 * than a handful. One comes late where a fill between two orders of one answer brought a third.
 * It is a little faster than a `Map` with as many deletions, and its order is the order of age.
 */
export class OrderTable<T extends Listed> {
  readonly list: T[] = []

  get size(): number {
    return this.list.length
  }

  get(id: OrderId): T | undefined {
    const index = this.indexOf(id)
    return index < 0 ? undefined : this.list[index]
  }

  add(order: T): void {
    const { list } = this
    let index = list.length
    while (index > 0 && list[index - 1]!.request.id > order.request.id) index--
    if (index === list.length) list.push(order)
    else list.splice(index, 0, order)
  }

  delete(id: OrderId): void {
    const index = this.indexOf(id)
    if (index < 0) return
    if (index === this.list.length - 1) this.list.pop()
    else this.list.splice(index, 1)
  }

  private indexOf(id: OrderId): number {
    const { list } = this
    let low = 0
    let high = list.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = list[middle]!.request.id
      if (found === id) return middle
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}
