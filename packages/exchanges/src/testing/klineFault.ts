/** One way an answer goes wrong. */
export type KlineFault =
  /** Another status, such as 429, 418 or 503, with a JSON body. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** A page for people in place of JSON, with status 200 unless given. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The connection breaks in the middle of the body. */
  | { readonly kind: 'cut' }
  /** A complete answer that lacks its last character. */
  | { readonly kind: 'malformed' }
  /** No answer at all until the client gives up. */
  | { readonly kind: 'silence' }
  /** The first rows again, `rows` of them, in front of the page with their opens moved back. */
  | { readonly kind: 'overlap'; readonly rows: number }
  /** Each row twice. */
  | { readonly kind: 'duplicate' }
  /** The first row twice, with two different closes. */
  | { readonly kind: 'conflict' }
  /** Newest first. */
  | { readonly kind: 'reverse' }
  | { readonly kind: 'empty' }
  /** One column of the first row replaced. */
  | { readonly kind: 'column'; readonly column: number; readonly value: unknown }

/** What a fault makes of a page of klines; faults of the transport leave it as it is. */
export function spoilPage(fault: KlineFault, page: readonly unknown[]): readonly unknown[] {
  const rows = page as readonly (readonly unknown[])[]
  const first = rows[0]
  switch (fault.kind) {
    case 'overlap':
      return rows.length < 2 ? rows : [...earlier(rows, fault.rows), ...rows]
    case 'duplicate':
      return rows.flatMap((row) => [row, row])
    case 'conflict':
      return first ? [first, first.with(4, '0.00000001'), ...rows.slice(1)] : rows
    case 'reverse':
      return [...rows].reverse()
    case 'empty':
      return []
    case 'column':
      return first ? [first.with(fault.column, fault.value), ...rows.slice(1)] : rows
    default:
      return page
  }
}

/** Rows that open before the page: what a venue sends that rounds the start down. */
function earlier(rows: readonly (readonly unknown[])[], count: number): readonly (readonly unknown[])[] {
  const [first, second] = rows as readonly (readonly [number, ...unknown[]])[]
  const step = second![0] - first![0]
  return Array.from({ length: count }, (_, index) => first!.with(0, first![0] - (count - index) * step))
}
