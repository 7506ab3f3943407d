/** A stream of text that may be a terminal. */
export interface CliStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

/** Everything the command line sees of the world. */
export interface CliIo {
  /** Results alone. */
  readonly stdout: CliStream
  /** Progress, notes and messages. */
  readonly stderr: CliStream
  /** Folder that relative paths start from. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** How the program was started, for commands that are shown to be pasted. */
  readonly program: string
  /** Calls the listener at Ctrl-C instead of ending the process, until the returned function is called. */
  onInterrupt(listener: () => void): () => void
}
