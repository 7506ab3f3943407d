/** Why a figure does not exist. Codes are stable: compare them, never the text. */
export type UnavailableCode =
  | 'NO_DATA'
  | 'TOO_SHORT'
  | 'NOT_FINITE'
  | 'CONSTANT'
  | 'MISALIGNED'
  | 'NO_HISTORY'
  | 'NO_MARK'
  | 'SIGMA_TOO_SMALL'
  | 'SINGULAR'
  | 'NOT_POSITIVE'

/** A figure that could not be computed. It means "take no new risk", never zero. */
export interface Unavailable {
  readonly kind: 'unavailable'
  readonly code: UnavailableCode
  /** What would have sufficed, such as `250 returns`. */
  readonly needed: string
  readonly got: string
}

/** A figure that could not be computed, with what would have sufficed. */
export function unavailable(code: UnavailableCode, needed: string, got: string | number): Unavailable {
  return { kind: 'unavailable', code, needed, got: String(got) }
}
