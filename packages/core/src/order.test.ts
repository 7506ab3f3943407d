import { describe, expect, it } from 'vitest'
import { isTerminal, type OrderState, type OrderStep, orderId, orderTransitions, printOrderId } from './order.js'

const states = Object.keys(orderTransitions) as OrderState[]
const terminal = states.filter(isTerminal)
const next = (state: OrderState, ...steps: OrderStep[]): OrderState =>
  steps.reduce<OrderState>((now, step) => orderTransitions[now][step] ?? now, state)

describe('the life cycle of an order', () => {
  it('leads from intent to every end', () => {
    expect(next('intent', 'sent', 'accepted', 'partial', 'filled')).toBe('filled')
    expect(next('intent', 'sent', 'accepted', 'canceled')).toBe('canceled')
    expect(next('intent', 'sent', 'accepted', 'expired')).toBe('expired')
    expect(next('intent', 'sent', 'rejected')).toBe('rejected')
    expect(next('intent', 'sent', 'accepted', 'rejected')).toBe('rejected')
    expect(next('intent', 'sent', 'unknown', 'absent')).toBe('absent')
    expect(next('intent', 'unknown', 'accepted')).toBe('open')
  })

  it('lets a fill come before the acknowledgement, which then undoes nothing', () => {
    expect(next('intent', 'filled', 'sent', 'accepted')).toBe('filled')
    expect(next('sent', 'partial', 'accepted')).toBe('partial')
  })

  it('proves an absence only of what was unknown', () => {
    for (const state of states) {
      if (state !== 'unknown') expect(orderTransitions[state].absent, state).toBeUndefined()
    }
  })

  it('leaves an end only for a fill, which is booked, since money moved', () => {
    for (const state of terminal) {
      for (const [step, after] of Object.entries(orderTransitions[state])) {
        expect(['partial', 'filled'], `${state} by ${step}`).toContain(step)
        expect(isTerminal(after), `${state} by ${step}`).toBe(true)
      }
    }
    expect(terminal).toEqual(['absent', 'filled', 'canceled', 'expired', 'rejected'])
  })

  it('forgets no doubt without news', () => {
    for (const step of ['sent'] as const) expect(next('unknown', step)).toBe('unknown')
  })
})

describe('an order id', () => {
  it('names an epoch and a number, exactly, and rises with both', () => {
    expect(printOrderId('demo', orderId(1, 7))).toBe('demo-1-7')
    expect(printOrderId('demo', orderId(0, 1))).toBe('demo-0-1')
    const most = orderId(2 ** 20, 2 ** 32 - 1)
    expect(Number.isSafeInteger(most)).toBe(true)
    expect(printOrderId('demo', most)).toBe('demo-1048576-4294967295')
    expect(orderId(1, 2 ** 32 - 1) < orderId(2, 0)).toBe(true)
  })
})
