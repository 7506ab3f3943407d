import { ConfigError } from '../errors.js'

/** The error for a wish that cannot be meant; what runs the engine adds the strategy and the moment. */
export function badIntent(message: string, hints: readonly string[] = []): ConfigError {
  return new ConfigError(message, { code: 'BAD_INTENT', hints })
}
