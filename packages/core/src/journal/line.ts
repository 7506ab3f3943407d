import { checksum } from './checksum.js'

/** Longest line of a journal, in characters, all of them ASCII. */
export const journalLineMax = 1_048_576

/** A line ends with the checksum of what is before it, as in `,"crc":"cbf43926"}`. */
export const lineEnd = /,"crc":"([0-9a-f]{8})"\}$/
/** Characters of that end. */
export const lineEndLength = 18

/** Adds the checksum to the JSON text of an object. */
export function signLine(json: string): string {
  return `${json.slice(0, -1)},"crc":"${checksum(json)}"}`
}

/** The JSON text that `signLine` was given. */
export function unsignLine(line: string): string {
  return `${line.slice(0, -lineEndLength)}}`
}

/** What is wrong with a line as a whole; undefined if it is as `signLine` made it. */
export function lineProblem(line: string): string | undefined {
  if (line.length > journalLineMax) return `it has ${line.length} characters, over ${journalLineMax}`
  const end = lineEnd.exec(line)
  if (!end) return 'it does not end with a checksum'
  if (!/^[\x20-\x7e]*$/.test(line)) return 'it has a character that no row has'
  return checksum(unsignLine(line)) === end[1] ? undefined : 'its checksum does not fit'
}
