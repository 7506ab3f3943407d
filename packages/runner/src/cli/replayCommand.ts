import { Command } from 'commander'
import { counted } from '../counted.js'
import { type ReplayedRun, replayRun } from '../run/replayRun.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { exitCodes } from './exitCodes.js'
import { createProgress } from './progress.js'

interface ReplayCommandOptions {
  readonly data?: readonly string[]
}

/** `aster replay`: proves that a run's journal gives the same orders again. */
export function replayCommand(context: CliContext, finish: Finish): Command {
  return new Command('replay')
    .description('check the seals of a journal and replay it: every order has to come out equal, byte for byte')
    .argument('<run>', 'folder of a run, or its journal.jsonl')
    .option('--data <paths...>', 'data in place of what the run names')
    .action(action<ReplayCommandOptions>(context, finish, ({ data }, [run]) => replayWork(context, run!, data)))
}

async function replayWork(
  { io, clock, place, note }: CliContext,
  run: string,
  data: readonly string[] | undefined,
): Promise<CommandResult> {
  const progress = createProgress(io, { label: 'Replay', clock })
  const onProgress = (ratio: number): void => progress.update(ratio)
  const replayed = await replayRun({ run, data, onProgress }, place).finally(() => progress.stop())
  for (const sentence of replayed.notes) note(`Note: ${sentence}`)
  const { record, journal, result, equal, notes } = replayed
  const { version, resultHash } = record
  return {
    json: { command: 'replay', run, equal, version, resultHash, journal, result, notes },
    text: () => [sealText(replayed), ...commandText(replayed)].join('\n'),
    exitCode: equal ? exitCodes.ok : exitCodes.failed,
  }
}

function sealText({ journal }: ReplayedRun): string {
  const { rows, seals, ok, issues } = journal
  if (ok) return `Seals hold: ${counted(rows, 'row')}, ${counted(seals, 'seal')}.`
  const [first] = issues.filter((issue) => issue.fatal)
  const { kind, line } = first!
  return `The journal is damaged: ${kind} at line ${line}; ${issues.length} in all. What it says is not replayed.`
}

function commandText({ result, record }: ReplayedRun): readonly string[] {
  if (!result) return []
  const { difference, commands, hash } = result
  if (!difference && commands === record.journal.commands)
    return [`Equal: ${counted(commands, 'command')}, hash ${hash}.`]
  if (!difference) return [`Different: ${commands} commands in the journal, ${record.journal.commands} in the record.`]
  return [
    `Different at row ${difference.seq}, after ${counted(commands - 1, 'equal command')}:`,
    `  journal  ${difference.journaled ?? 'nothing'}`,
    `  replay   ${difference.replayed ?? 'nothing'}`,
  ]
}
