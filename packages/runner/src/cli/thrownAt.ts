import { fileURLToPath } from 'node:url'

/** Where an error was thrown, as `file:line:column`: the first place on its stack that is in no package and not in Node itself. */
export function thrownAt(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  for (const frame of (error.stack ?? '').split('\n')) {
    const [, place, at] = /^ {4}at (?:.*\()?((?:file:\/\/)?\/.*?|[A-Za-z]:\\.*?)(:\d+:\d+)\)?$/.exec(frame) ?? []
    if (place === undefined || /[\\/](?:node_modules|dist)[\\/]/.test(place)) continue
    return `${place.startsWith('file:') ? fileURLToPath(place) : place}${at}`
  }
  return undefined
}
