import { type Command, Option } from 'commander'
import type { RecordedMarket } from '../market/marketSource.js'

/** What the options of `addMarketOptions` come out as. */
export interface MarketOptions {
  readonly symbol?: string
  readonly interval?: string
  readonly timeIs?: 'open' | 'close'
  readonly repair?: true
}

/** Adds the options that say how recordings are read. */
export function addMarketOptions(command: Command): Command {
  return command
    .option('--symbol <name>', 'name of the instrument (default: what the file says)')
    .option('--interval <span>', 'length of a bar, such as 1m (default: what the file says)')
    .addOption(
      new Option('--time-is <edge>', 'edge of its bar that a row is stamped with (default: open)').choices([
        'open',
        'close',
      ]),
    )
    .option('--repair', 'drop and sort bad rows instead of stopping at the first')
}

/** The market that such options and some paths say. */
export function recordedMarket(
  paths: readonly string[],
  { symbol, interval, timeIs, repair }: MarketOptions,
): RecordedMarket {
  return {
    kind: 'files',
    paths,
    // An instrument id names its venue; recordings come from tape.
    instrument: symbol === undefined || symbol.includes('.') ? symbol : `${symbol}.tape`,
    interval,
    timeIs,
    onDefect: repair ? 'repair' : 'throw',
  }
}
