import type { IndicatorDefinition } from '../definition.js'
import type { Parameter } from '../parameters.js'

/** The defaults of the numeric options of an indicator. */
export function defaultsOf<Options extends object>(
  definition: IndicatorDefinition<Options>,
): { readonly [Name in keyof Options as Options[Name] extends number | undefined ? Name : never]-?: number } {
  const entries = Object.entries<Parameter>(definition.params).map(([name, parameter]) => [name, parameter.default])
  return Object.fromEntries(entries) as never
}
