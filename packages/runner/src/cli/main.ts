#!/usr/bin/env node
import process from 'node:process'
import { exitCodes } from './exitCodes.js'
import { programName } from './programName.js'
import { runCli } from './runCli.js'

// Whoever reads our output may stop early, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
  throw error
})

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  folder: process.cwd(),
  env: process.env,
  program: programName(process.argv[1] ?? 'aster', process.cwd()),
  onInterrupt(listener) {
    process.on('SIGINT', listener)
    return () => process.off('SIGINT', listener)
  },
})
