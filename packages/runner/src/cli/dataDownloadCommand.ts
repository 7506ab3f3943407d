import { existsSync, readdirSync, rmdirSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { type DownloadResult, downloadBars } from '@astertrade/exchanges/ccxt'
import { Command } from 'commander'
import { openRange } from '../market/openRange.js'
import { action, type Finish } from './action.js'
import type { CliContext, CommandResult } from './context.js'
import { InterruptedError } from './interruptedError.js'
import { createProgress } from './progress.js'
import { requireOptions } from './requireOptions.js'

interface DataDownloadOptions {
  readonly venue: string
  readonly symbol: string
  readonly timeframe: string
  readonly from: string
  readonly to?: string
  readonly out: string
  readonly baseUrl?: string
}

/** `aster data download`: bars from a venue into a file that can be continued. */
export function dataDownloadCommand(context: CliContext, finish: Finish): Command {
  return new Command('download')
    .description('download bars from a venue; the same command again goes on where it stopped')
    .option('--venue <id>', "ccxt's id of the venue, such as binance")
    .option('--symbol <pair>', 'such as BTC/USDT')
    .option('--timeframe <span>', 'length of a bar as the venue names it, such as 1m')
    .option('--from <time>', 'first bar that is wanted: 2024-01-01')
    .option('--to <time>', 'first bar that is no longer wanted (default: all that are closed)')
    .option('--out <folder>', 'where to write', 'data')
    .option('--base-url <url>', 'a mirror, or a server of your own')
    .action(action<DataDownloadOptions>(context, finish, (options) => downloadWork(context, options)))
}

async function downloadWork(context: CliContext, options: DataDownloadOptions): Promise<CommandResult> {
  const { io, clock, note } = context
  requireOptions(
    options,
    ['venue', 'symbol', 'timeframe', 'from'],
    `${io.program} data download --venue binance --symbol BTC/USDT --timeframe 1h --from 2024-01-01`,
  )
  const { venue, symbol, timeframe, from, to, baseUrl } = options
  openRange({ from, to })
  const out = resolve(io.folder, options.out)
  const isNew = !existsSync(out)
  const controller = new AbortController()
  const release = io.onInterrupt(() =>
    controller.abort(new InterruptedError(['What was received is kept; the same command goes on from there.'])),
  )
  const progress = createProgress(io, { label: `${symbol} ${timeframe}`, clock })
  const result = await downloadBars(
    {
      venue,
      symbol,
      timeframe,
      from,
      out,
      clock,
      ...(to !== undefined && { to }),
      ...(baseUrl !== undefined && { baseUrl }),
      onProgress: ({ ratio }) => progress.update(ratio),
      onRetry: ({ waitMs, error }) =>
        note(`Note: ${error.message.split('\n')[0]} Trying again in ${Math.ceil(waitMs / 1_000)} s.`),
    },
    controller.signal,
  ).finally(() => {
    progress.stop()
    release()
    if (isNew) removeEmpty(out)
  })
  const path = relative(io.folder, result.path)
  return {
    json: { command: 'data download', ...result, path },
    text: () => downloadText(result, path, context),
  }
}

/** Removes a folder unless there is something in it. */
function removeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}

function downloadText({ rows, added, first, last, missing }: DownloadResult, path: string, { io }: CliContext): string {
  const [from, to] = [first, last].map((time) => new Date(time).toISOString())
  return [
    `${path}: ${rows} bars that open from ${from} to ${to}, ${added} of them new, ${missing} missing.`,
    `Next       ${io.program} data check ${path}`,
    `           ${io.program} backtest --strategy sma-cross --data ${path}`,
  ].join('\n')
}
