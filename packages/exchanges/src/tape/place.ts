/** Where something stands in a recording. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** A place as editors and terminals understand it: `session.jsonl:7`. */
export function printPlace({ file, line }: Place): string {
  return `${file}:${line}`
}
