import { DataError } from '../dataError.js'
import { placed } from './header.js'
import { dateForm, isoDateForm } from './time.js'

/** Watches that all dates of a file are written alike, and that the month can be told from the day. */
export interface DateWatch {
  /**
   * Looks at the text of one date.
   *
   * @throws DataError `MIXED_UNITS` if it is written in another way than the first, `AMBIGUOUS_DATE` if its day comes first.
   */
  see(text: string, line: number): void
  /** True while all dates are as the fast path reads them. */
  readonly isIso: boolean
  /** False while there are dates such as 01/02/2019 and none that tells month from day. */
  readonly isTold: boolean
  /** @throws DataError `AMBIGUOUS_DATE` if no date of the file told month from day. */
  requireTold(): void
}

interface Seen {
  readonly text: string
  readonly line: number
}

const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/

/** Makes the watch of one file. */
export function createDateWatch(file: string | undefined): DateWatch {
  let first: Seen | undefined
  let form: number | undefined
  let ambiguous: Seen | undefined
  let isKnown = false
  const seeSlashed = (text: string, line: number): void => {
    const [, month = '', day = ''] = slashed.exec(text) ?? []
    const [left, right] = [Number(month), Number(day)]
    if (left > 12 && left <= 31 && right <= 12) throw dayFirst(file, { text, line })
    if (right > 12 && left <= 12) isKnown = true
    else if (left !== right) ambiguous ??= { text, line }
  }
  return {
    see(text, line) {
      if (slashed.test(text)) seeSlashed(text, line)
      const own = dateForm(text, form)
      if (own === undefined) return
      first ??= { text, line }
      form ??= own
      if (own !== form) throw mixedForms(file, { text, line }, first)
    },
    get isIso() {
      return form === isoDateForm
    },
    get isTold() {
      return isKnown || ambiguous === undefined
    },
    requireTold() {
      if (!isKnown && ambiguous) throw notTold(file, ambiguous)
    },
  }
}

function dayFirst(file: string | undefined, { text, line }: Seen): DataError {
  return ambiguity(file, { text, line }, 'has its day first; dates with slashes are read as month/day/year')
}

function notTold(file: string | undefined, seen: Seen): DataError {
  return ambiguity(file, seen, 'may be month/day or day/month, and no other date of the file tells')
}

function ambiguity(file: string | undefined, { text, line }: Seen, what: string): DataError {
  const value = text.slice(0, 80)
  return new DataError(`${placed(file, line)}: date "${value}" ${what}.`, {
    code: 'AMBIGUOUS_DATE',
    file,
    line,
    column: 'time',
    value,
    hints: ['Write dates as 2019-01-31, 2019/01/31, 31-Jan-2019 or Jan 31 2019.'],
  })
}

function mixedForms(file: string | undefined, { text, line }: Seen, first: Seen): DataError {
  const value = text.slice(0, 80)
  const other = first.text.slice(0, 80)
  return new DataError(
    `${placed(file, line)}: date "${value}" is written in another way than "${other}" of line ${first.line}.`,
    {
      code: 'MIXED_UNITS',
      file,
      line,
      column: 'time',
      value,
      hints: ['Write all dates of a file in one way, such as 2019-01-31, or read the parts apart.'],
    },
  )
}
