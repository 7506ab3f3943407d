import { expectTypeOf, it } from 'vitest'
import type { Command } from './command.js'
import { defineInstrument } from './instrument.js'
import type { JournalCommand } from './journal.js'
import type { OrderRequest } from './order.js'
import { type Approved, isApproved, type Refused, review } from './review.js'
import { orderRequestOf } from './testing/orderRequestOf.js'
import { riskViewOf } from './testing/riskViewOf.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const order = orderRequestOf({ instrument: btc })
const outcome = review(order, btc, [], riskViewOf({ instruments: [btc], marks: { [btc.id]: 1 } }))

/** Where an approved order is asked for; it need not run, the compiler is the test. */
const send = (approved: Approved): Command => ({ kind: 'place', approved })

it('lets only a reviewed order compile as an approved one', () => {
  if (outcome.kind !== 'approved') throw new Error('The review refused.')
  expectTypeOf(outcome).toEqualTypeOf<Approved>()
  send(outcome)

  // @ts-expect-error: an order is not an approval
  send(order)
  // @ts-expect-error: neither is a literal with the same keys
  send({ kind: 'approved', order, shrunk: [] })
  // @ts-expect-error: a copy has lost the seal
  send({ ...outcome })
  // @ts-expect-error: a copy with another order all the more
  send({ ...outcome, order: { ...outcome.order, quantity: outcome.order.quantity } })
  // @ts-expect-error: the constructor that an approval shows is no function to call
  void (() => send(new outcome.constructor(order, [])))
  // @ts-expect-error: a command is no way around it
  const command: Command = { kind: 'amend', approved: { kind: 'approved', order, shrunk: [] } }
  void command
})

it('lets nobody change what was approved', () => {
  if (outcome.kind !== 'approved') throw new Error('The review refused.')
  const alter = (approved: Approved, other: OrderRequest): void => {
    // @ts-expect-error: the order of an approval is read-only
    approved.order = other
    // @ts-expect-error: and so is each of its keys
    approved.order.quantity = other.quantity
  }
  void alter
})

it('asks for a review before the outcome is one', () => {
  // @ts-expect-error: the review may have refused
  send(outcome)
  expectTypeOf<typeof outcome>().toEqualTypeOf<Approved | Refused>()
})

it('reads orders from a journal that are no approvals', () => {
  const read = JSON.parse('{}') as unknown as JournalCommand
  expectTypeOf<Extract<JournalCommand, { kind: 'place' | 'amend' }>['order']>().toEqualTypeOf<OrderRequest>()
  const replay = (command: JournalCommand): void => {
    // @ts-expect-error: what was read has to be reviewed anew
    if (command.kind !== 'cancel') send(command.order)
    // @ts-expect-error: and a read command is no command
    const again: Command = command
    void again
  }
  void [read, replay]
})

it('turns what is not known into an approval only by looking', () => {
  const unknown: unknown = outcome
  // @ts-expect-error: anything could be anything
  send(unknown)
  if (isApproved(unknown)) send(unknown)
})
