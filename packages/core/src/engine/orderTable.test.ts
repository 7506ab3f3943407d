import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OrderId, orderId } from '../order.js'
import { OrderTable } from './orderTable.js'

const request = (n: number) => ({ request: { id: orderId(1, n) } }) as never

describe('an order table', () => {
  it('finds, lists by age and forgets as a map would, whatever the order of arrival', () => {
    let late = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { maxLength: 60 }), (acts) => {
        const table = new OrderTable<{ readonly request: { readonly id: OrderId } } & never>()
        const known = new Map<OrderId, unknown>()
        for (const [n, adds] of acts) {
          const id = orderId(1, n)
          if (adds && !known.has(id)) {
            if (known.size > 0 && Math.max(...known.keys()) > id) late++
            const order = request(n)
            table.add(order)
            known.set(id, order)
          }
          if (!adds) {
            table.delete(id)
            known.delete(id)
          }
          for (let m = 0; m <= 30; m++) expect(table.get(orderId(1, m))).toBe(known.get(orderId(1, m)))
          expect(table.size).toBe(known.size)
          expect(table.list).toEqual([...known].sort(([a], [b]) => a - b).map(([, order]) => order))
        }
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) },
    )
    expect(late).toBeGreaterThan(0)
  })
})
