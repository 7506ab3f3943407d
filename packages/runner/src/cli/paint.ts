import { styleText } from 'node:util'
import type { CliIo, CliStream } from './io.js'

/** Colours for one stream; without a terminal, or with `NO_COLOR` set, text stays as it is. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  green(text: string): string
  red(text: string): string
}

/** Makes the colours for a stream. */
export function createPaint(stream: CliStream, env: CliIo['env']): Paint {
  const colours = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const paint = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    // The decision was made above, for this stream.
    colours ? styleText(style, text, { validateStream: false }) : text
  return { bold: paint('bold'), dim: paint('dim'), green: paint('green'), red: paint('red') }
}
