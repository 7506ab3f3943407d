import { shown } from './shown.js'

/** A value in quotes, for messages. */
export function quoted(value: unknown): string {
  return typeof value === 'string' ? shown(value) : `"${shown(value)}"`
}
