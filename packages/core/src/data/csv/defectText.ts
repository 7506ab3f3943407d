import type { RowDefect } from '../issue.js'

/** A defect of a row, wherever it is. */
export interface DefectFields {
  readonly kind: RowDefect
  readonly column?: string | undefined
  readonly value?: string | undefined
}

/** What is wrong, for a message that begins with the place. */
export function defectText({ kind, column = '', value = '' }: DefectFields): string {
  const shown = JSON.stringify(value)
  switch (kind) {
    case 'fieldCount':
      return `the row has ${value} fields, not as many as the header`
    case 'openQuote':
      return 'a quoted field is not closed'
    case 'badNumber':
      return `${column} ${shown} is not a finite number`
    case 'badTime':
      return `${column} ${shown} is not a time`
    case 'badPrice':
      return `${column} ${shown} is not above zero`
    case 'negativeVolume':
      return `${column} ${shown} is negative`
    case 'brokenRange':
      return `${column} ${shown} is out of range: low ≤ open, close ≤ high does not hold`
    case 'duplicate':
      return `the row of ${shown} is there twice`
    case 'conflict':
      return `two rows of ${shown} differ`
    case 'outOfOrder':
      return `${column} ${shown} is before the row above`
    case 'late':
      return `${column} ${shown} is before rows that were handed out`
    case 'future':
      return `${column} ${shown} closes in the future`
    case 'truncated':
      return `the last line is cut off: ${shown}`
  }
}
