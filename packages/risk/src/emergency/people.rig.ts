import { timestamp } from '@astertrade/core'
import type { Person } from './dualControl.js'

export const ann: Person = { name: 'ann', roles: ['RISK_ADMIN', 'OPERATOR'] }
export const bob: Person = { name: 'bob', roles: ['RISK_ADMIN', 'OPERATOR'] }
export const eve: Person = { name: 'eve', roles: ['TRADER', 'VIEWER'] }
/** A reason that somebody can be asked about. */
export const reason = 'rebalancing before the month ends'
/** Milliseconds after noon of a day. */
export const at = (ms: number) => timestamp(timestamp('2024-01-02T12:00:00Z') + ms)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
