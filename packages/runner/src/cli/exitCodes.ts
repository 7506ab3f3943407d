/** What the exit code of `aster` says. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  bug: 3,
  interrupted: 130,
} as const

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The exit codes as text for the help page. */
export const exitCodesHelp = `Exit codes:
  0    the work is done
  1    it failed: bad data, a failing strategy, a venue that refused, a journal that differs
  2    wrong usage: an option, file, strategy or parameter that is not there
  3    a bug in aster
  130  interrupted by Ctrl-C; no result is half written, a download can be continued`
