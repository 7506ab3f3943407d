import type { CorruptionIssue } from '../issue.js'

/** What a check suspects, before place and value are added. */
export type Suspicion = Pick<CorruptionIssue, 'kind' | 'index' | 'column' | 'expected' | 'count'>
