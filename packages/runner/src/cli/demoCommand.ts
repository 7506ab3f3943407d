import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { demoFiles, demoModelsName, demoNames, demoTapeName } from '../demo/demoFiles.js'
import { demoTable, limitsHeading, modelsHeading, readingText } from '../demo/demoTable.js'
import { type DemoRun, runDemo } from '../demo/runDemo.js'
import { numberText } from '../numberText.js'
import { publishFolder, requireReplaceable } from '../run/publishFolder.js'
import { runFileNames } from '../run/runFiles.js'
import { action, type Finish } from './action.js'
import { numberOf, wholeNumber } from './conditionOptions.js'
import type { CliContext, CommandResult } from './context.js'
import { createProgress, type Progress } from './progress.js'
import { runSummary } from './runSummary.js'
import { uninterrupted } from './uninterrupted.js'

interface DemoCommandOptions {
  readonly seed: number
  readonly out: string
}

const noIndex =
  'The prices of the S&P 500 come from the package vega-datasets, which is not installed: synthetic prices alone.'

/** `aster demo`: the main job at a glance. */
export function demoCommand(context: CliContext, finish: Finish): Command {
  return new Command('demo')
    .description('run the ensemble under the default limits over the S&P 500 and over synthetic minutes')
    .option('--seed <number>', 'seed of the synthetic prices', numberOf('seed', wholeNumber), 1)
    .option('--out <folder>', 'where to write', 'out/demo')
    .action(action<DemoCommandOptions>(context, finish, (options) => demoWork(context, options)))
}

async function demoWork(context: CliContext, { seed, out }: DemoCommandOptions): Promise<CommandResult> {
  const { io, place, clock, note } = context
  const to = resolve(io.folder, out)
  requireReplaceable(to, demoNames)
  const started = clock.monotonic()
  const runs = await withProgress(context, (onProgress) =>
    runDemo(place, { seed, onProgress, folder: join(out, demoModelsName) }),
  )
  const notes = runs.length === 1 ? [noIndex] : []
  for (const line of notes) note(`Note: ${line}`)
  const files = demoFiles(runs, { from: io.folder, to })
  await uninterrupted(io, () => publishFolder(to, files))
  const elapsedMs = Math.round(clock.monotonic() - started)
  const folder = relative(io.folder, to) || '.'
  return {
    json: {
      command: 'demo',
      seed,
      folder,
      elapsedMs,
      notes,
      markets: runs.map(({ market, run, held }) => ({
        name: market.name,
        title: market.title,
        ...runSummary(run.report),
        held: held.statistics,
        models: run.members.map(({ rows, ...one }) => ({ ...one, rows: rows.map(({ weights: _, ...row }) => row) })),
      })),
    },
    text: () => demoText(context, runs, { folder, elapsedMs }),
  }
}

async function withProgress<T>(
  { io, clock }: CliContext,
  work: (onProgress: (title: string, ratio: number) => void) => Promise<T>,
): Promise<T> {
  let current: { readonly title: string; readonly progress: Progress } | undefined
  const onProgress = (title: string, ratio: number): void => {
    if (current?.title !== title) {
      current?.progress.stop()
      current = { title, progress: createProgress(io, { label: title, clock }) }
    }
    current.progress.update(ratio)
  }
  return work(onProgress).finally(() => current?.progress.stop())
}

function demoText(
  { paint, io }: CliContext,
  runs: readonly DemoRun[],
  { folder, elapsedMs }: { readonly folder: string; readonly elapsedMs: number },
): string {
  const [heading = '', ...rows] = demoTable(runs)
  const sheets = runs.map(({ market }) => `${folder}/${market.name}/${runFileNames.sheet}`)
  const bars = runs.reduce((sum, { run }) => sum + run.report.config.instruments[0]!.bars, 0)
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)
  return [
    `${paint.bold('AsterAI demo')}: the strategy "ensemble" under the default limits, all costs included.`,
    '',
    paint.bold(heading),
    ...rows.map((row) => (row === limitsHeading || row === modelsHeading ? paint.bold(row) : row)),
    paint.bold('How to read it'),
    ...indented(readingText(runs)),
    paint.bold('Tear sheets, to open in a browser'),
    ...indented(sheets),
    paint.bold('Try next'),
    ...indented(nextCommands(io.program, folder, runs)),
    '',
    paint.dim(
      `${numberText(bars, 0)} bars in ${(elapsedMs / 1_000).toFixed(1)} s. The same seed gives the same results on any machine.`,
    ),
  ].join('\n')
}

function nextCommands(program: string, folder: string, runs: readonly DemoRun[]): readonly string[] {
  return [
    `${program} backtest --strategy sma-cross --data ${folder}/${demoTapeName} --policy none`,
    `${program} replay ${folder}/${runs[0]!.market.name}`,
    `${program} data check ${folder}/${demoTapeName}`,
  ]
}
