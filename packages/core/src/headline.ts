import type { Timestamp } from './time.js'

/** One news item. Its text is untrusted. */
export interface Headline {
  readonly kind: 'headline'
  readonly time: Timestamp
  readonly source: string
  readonly text: string
}
