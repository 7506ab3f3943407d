import { ConfigError } from '@astertrade/core'

/** A range that an option of labels must lie in. */
export interface LabelRange {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

/**
 * Checks the numbers of a labelling.
 *
 * @throws ConfigError `BAD_PARAMETER` if one is out of its range.
 */
export function checkLabelOptions<Options extends object>(
  name: string,
  options: Options,
  ranges: Readonly<Record<keyof Options, LabelRange>>,
): void {
  for (const [option, { min, max, whole }] of Object.entries(ranges) as [string, LabelRange][]) {
    const value = options[option as keyof Options] as unknown
    if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) continue
    throw new ConfigError(`Option "${option}" of ${name} is "${String(value)}".`, {
      code: 'BAD_PARAMETER',
      hints: [`It takes ${whole ? 'an integer' : 'a number'} from ${min} to ${max}.`],
    })
  }
}
