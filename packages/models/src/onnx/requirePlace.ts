import { ConfigError } from '@astertrade/core'

const places = ['worker', 'process'] as const

/**
 * Refuses an unknown place of ONNX Runtime.
 *
 * @throws ConfigError with code `BACKEND`.
 */
export function requirePlace(place: 'worker' | 'process' | undefined): void {
  if (place === undefined || places.includes(place)) return
  throw new ConfigError(`Unknown place ${JSON.stringify(place)} of ONNX Runtime.`, {
    code: 'BACKEND',
    hints: [`Known: ${places.join(', ')}.`],
  })
}
