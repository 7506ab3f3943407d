/** A line cut into fields, or `openQuote` if a quoted field does not end. */
export type SplitLine = readonly string[] | 'openQuote'

const quote = '"'

/** The text of some bytes, read as UTF-8, or byte by byte where they are none. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  let latin = ''
  let isAscii = true
  for (let at = from; at < to; at++) {
    latin += String.fromCharCode(bytes[at]!)
    isAscii &&= bytes[at]! < 128
  }
  if (isAscii) return latin
  try {
    return decodeURIComponent(
      latin.replace(/[\s\S]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    )
  } catch {
    return latin
  }
}

/** Cuts a line at its delimiters. Spaces and one pair of quotes around a field go; a doubled quote inside stands for one. */
export function splitLine(line: string, delimiter: string): SplitLine {
  if (!line.includes(quote)) return line.split(delimiter).map((field) => field.trim())
  const fields: string[] = []
  let at = 0
  for (;;) {
    while (line[at] === ' ') at++
    let field = ''
    if (line[at] === quote) {
      for (at++; ; at++) {
        if (at >= line.length) return 'openQuote'
        if (line[at] !== quote) field += line[at]
        else if (line[at + 1] === quote) field += line[++at]
        else break
      }
      at++
    }
    const end = line.indexOf(delimiter, at)
    field += line.slice(at, end < 0 ? line.length : end)
    fields.push(field.trim())
    if (end < 0) return fields
    at = end + delimiter.length
  }
}

/** The likeliest delimiter of a line: the most frequent of comma, semicolon and tab; a comma if there is none. */
export function detectDelimiter(line: string): string {
  let best = ','
  let most = 0
  for (const delimiter of [',', ';', '\t']) {
    const count = line.split(delimiter).length - 1
    if (count > most) {
      best = delimiter
      most = count
    }
  }
  return best
}
